package sluice.tasks;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a user may have meant by a name that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * {@return {@code did you mean 'epochs'?}, or if none is near {@code choose one of a, b, c}}
     *
     * @param given the unknown name
     * @param known the names that exist
     */
    public static String of(String given, Collection<String> known) {
        return nearest(given, known)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> known.isEmpty() ? "none is known" : "choose one of " + String.join(", ", known));
    }

    /**
     * The known name that is the fewest edits away; upper and lower case, {@code -} and {@code _} count as equal.
     *
     * @param given the unknown name
     * @param known the names that exist
     * @return the nearest, the first of several; empty if all differ in more than a third of their letters (two, for
     *     short names)
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(given, name) <= Math.max(2, name.length() / 3))
                .filter(name -> distance(given, name) < name.length())
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int distance(String given, String name) {
        if (given.length() > 2 * name.length() + 2) {
            return Integer.MAX_VALUE;
        }
        return LevenshteinDistance.getDefaultInstance().apply(plain(given), plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
