package sluice.tasks.script;

/**
 * Where something was written.
 *
 * @param source the file, or the override ({@code --set key=value})
 * @param line its line, from 1; 0 where the source has no lines
 */
public record Location(String source, int line) {
    /**
     * @return {@code source:line}, or the source alone where it has no lines
     */
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
