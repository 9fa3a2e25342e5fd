package sluice.tasks.script;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.util.function.IntFunction;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import sluice.tasks.InputException;

/** What the YAML parser complains of, on one line and at the place where the problem is. */
final class YamlMistake {
    private YamlMistake() {}

    static InputException of(IOException e, IntFunction<Location> locationOfLine) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            String context = marked.getContext() == null ? "" : " " + marked.getContext();
            String since = marked.getContextMark() == null
                    ? ""
                    : " that begins on line " + (marked.getContextMark().getLine() + 1);
            return notYaml(
                    locationOfLine.apply(marked.getProblemMark().getLine() + 1), marked.getProblem() + context + since);
        }
        if (e instanceof JacksonException jackson) {
            String problem = jackson.getOriginalMessage().startsWith("Expected a field name")
                    ? "a key must be a single word"
                    : jackson.getOriginalMessage();
            int line = jackson.getLocation() == null ? 1 : jackson.getLocation().getLineNr();
            return notYaml(locationOfLine.apply(line), problem);
        }
        return notYaml(locationOfLine.apply(1), e.getMessage());
    }

    private static InputException notYaml(Location location, String problem) {
        return Complaint.at(location, "", "not YAML: " + problem);
    }
}
