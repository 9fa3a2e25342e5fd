package sluice.framework.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;
import sluice.tasks.script.ShippedScript;

/** {@code sluice init}: a script to start from. */
@Command(
        name = "init",
        description = {
            "Writes a commented script to start from, which runs as it is: drawn digits, nothing to download.",
            "Its comments say how to use data of your own."
        },
        sortOptions = false,
        footer = {"", "Examples:", "  sluice init", "  sluice init mine.yaml --from split-mnist-class"})
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "sequence.yaml",
            description = "where it goes (default: ${DEFAULT-VALUE})")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "SEQUENCE",
            description = "a copy of this shipped sequence instead (see sluice list sequences)")
    private String from;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (Files.isDirectory(file)) {
            throw new InputException("%s is a folder: name a file in it".formatted(file));
        }
        if (Files.exists(file) && !overwrite) {
            throw new InputException("%s is there already: name another file, or add --overwrite".formatted(file));
        }
        String text = from == null
                ? ShippedScript.starter()
                : ShippedScript.named(from).text();
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        terminal.out().println("written");
        terminal.out().println("  " + file);
        terminal.out().println("check it with  sluice validate " + file);
        terminal.out().println("run it with    sluice run " + file);
        return 0;
    }
}
