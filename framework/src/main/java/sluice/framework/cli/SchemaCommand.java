package sluice.framework.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sluice.framework.script.ScriptSchema;

/** {@code sluice schema}: the format of scripts, for editors. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON schema of scripts, with which editors check and complete them.",
            "./sluice schema >task-sequence.schema.json; a script's first line tells some editors of it:",
            "# yaml-language-server: $$schema=task-sequence.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(ScriptSchema.json().toPrettyString());
        return 0;
    }
}
