package sluice.framework.cli;

import com.google.common.base.Joiner;
import com.google.common.base.Strings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.experiment.StoredFacts;

/** {@code sluice info}: what a model or checkpoint is. */
@Command(
        name = "info",
        description = {
            "Tells what a model or a checkpoint is: tasks, classes, inputs, settings, what is free, what it can be asked and"
                    + " taught."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice info runs/split-digits-seed1",
            "  sluice info runs/split-digits-seed1 --json"
        })
final class InfoCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 100;
    private static final String CUT = "... (--json shows all)";
    private static final Joiner WORDS = Joiner.on(", ");

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "RUN", description = "a run folder, a model or a checkpoint")
    private Path run;

    @Option(names = "--json", description = "one JSON object per file, a line each, with whole settings")
    private boolean json;

    InfoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StoredFacts.of(run).forEach((file, facts) -> {
            if (json) {
                new JsonEvents(terminal.out()).write(withFile(file, facts));
            } else {
                terminal.out().println(file);
                facts.forEach((name, fact) -> print("  ", name, fact));
            }
        });
        return 0;
    }

    private static Map<String, Object> withFile(Path file, Map<String, Object> facts) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", file.toString());
        all.putAll(facts);
        return all;
    }

    private void print(String indent, String name, Object fact) {
        String start = indent + Strings.padEnd(name.replace('_', ' '), 16, ' ') + " ";
        if (fact instanceof Map<?, ?> parts) {
            terminal.say(start + (parts.isEmpty() ? "none" : ""));
            parts.forEach((part, of) -> terminal.say(indent + "  " + part + ": " + line(of)));
        } else {
            terminal.say(start + cut(line(fact), start.length()));
        }
    }

    private static String line(Object fact) {
        if (fact instanceof Map<?, ?> parts) {
            return WORDS.join(parts.entrySet().stream()
                    .map(part -> part.getKey().toString().replace('_', ' ') + " " + line(part.getValue()))
                    .toList());
        }
        if (fact instanceof List<?> list) {
            return Joiner.on(" ").join(list);
        }
        return fact instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : fact.toString();
    }

    /** A long text without blanks is cut to what the line has room for. */
    private String cut(String text, int start) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        int room = Math.max(1, Math.min(MOST_SHOWN, terminal.columns() - start - CUT.length()));
        return text.substring(0, room) + CUT;
    }
}
