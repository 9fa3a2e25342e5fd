package sluice.framework.cli;

import picocli.CommandLine.Option;

/** {@code --help} of a command. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private boolean help;
}
