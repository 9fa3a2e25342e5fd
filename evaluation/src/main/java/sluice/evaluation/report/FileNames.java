package sluice.evaluation.report;

/** Names of any content as parts of file names and tags. */
final class FileNames {
    private static final int LENGTH = 60;

    private FileNames() {}

    /** Letters, digits, dots, underscores and hyphens, at most {@value #LENGTH}; never hidden, never empty. */
    static String of(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceFirst("^[.-]+", "");
        int end = safe.offsetByCodePoints(0, Math.min(LENGTH, safe.codePointCount(0, safe.length())));
        return end == 0 ? "unnamed" : safe.substring(0, end);
    }
}
