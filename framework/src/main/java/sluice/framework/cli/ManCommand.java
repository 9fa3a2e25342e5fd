package sluice.framework.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** {@code sluice man}: the manual page, in the language of man(7), from the same descriptions as the help. */
@Command(
        name = "man",
        description = {"Prints the manual page.", "To read it: ./sluice man | man -l -"})
final class ManCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    ManCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        line(".TH SLUICE 1 \"\" \"" + root.version()[0] + "\"");
        line(".SH NAME");
        line("sluice \\- " + text(root.usageMessage().description()));
        line(".SH SYNOPSIS");
        line(".B sluice");
        line("COMMAND [OPTIONS]");
        line(".SH COMMANDS");
        root.subcommands().forEach((name, command) -> command(name, command.getCommandSpec()));
        line(".SH EXIT STATUS");
        paragraph(root.usageMessage().footer());
        return 0;
    }

    private void command(String name, CommandSpec command) {
        line(".SS \"sluice " + escaped(name) + "\"");
        paragraph(command.usageMessage().description());
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            item(parameter.paramLabel(), described(parameter.description(), parameter.completionCandidates()));
        }
        for (OptionSpec option : command.options()) {
            String label = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
            item(String.join(", ", option.names()) + label, described(option.description(), null));
        }
        paragraph(command.usageMessage().footer());
    }

    private static String described(String[] description, Iterable<String> candidates) {
        String choice = candidates == null ? "" : String.join(", ", candidates);
        return text(description).replace("${COMPLETION-CANDIDATES}", escaped(choice));
    }

    private void item(String name, String description) {
        line(".TP");
        line("\\fB" + escaped(name) + "\\fR");
        line(description.isEmpty() ? "\\ " : description);
    }

    /** Lines that begin with blanks, such as examples, keep their ends. */
    private void paragraph(String[] lines) {
        line(".PP");
        Stream.of(lines).filter(each -> !each.isEmpty()).forEach(each -> {
            line(text(each.strip()));
            line(".br");
        });
    }

    private static String text(String... lines) {
        return Stream.of(lines) // descriptions are formats
                .map(each -> escaped(Ansi.OFF.string(each).replace("%%", "%")))
                .collect(Collectors.joining(" "));
    }

    /** Hyphens are minus signs, as options have them; a point or an apostrophe that begins a line is text. */
    private static String escaped(String text) {
        String escaped = text;
        for (Map.Entry<String, String> each : List.of(Map.entry("\\", "\\e"), Map.entry("-", "\\-"))) {
            escaped = escaped.replace(each.getKey(), each.getValue());
        }
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private void line(String text) {
        terminal.out().println(text);
    }
}
