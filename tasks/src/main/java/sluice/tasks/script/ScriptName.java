package sluice.tasks.script;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of task sequences: fit to name a folder on any system. */
public final class ScriptName {
    private static final String RULE =
            "at most 100 letters (a-z, A-Z), digits, dots, underscores and hyphens, beginning with a letter or digit";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String WHERE_NOTHING_IS_LEFT = "task-sequence";

    private ScriptName() {}

    /**
     * {@return whether it can name a task sequence, a variant and a folder}
     *
     * @param name any text
     */
    public static boolean valid(String name) {
        return VALID.matcher(name).matches();
    }

    /** A name as written, checked. */
    static String read(Value value) {
        return value.text(VALID, RULE);
    }

    /** The file's name without .yaml or .yml, other characters made hyphens. */
    static String of(Path file) {
        String whole = file.getFileName() == null ? "" : file.getFileName().toString();
        String name = whole.replaceFirst("(?i)\\.ya?ml$", "")
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceFirst("^[._-]+", "");
        String fitting = name.substring(0, Math.min(name.length(), 100));
        return fitting.isEmpty() ? WHERE_NOTHING_IS_LEFT : fitting;
    }
}
