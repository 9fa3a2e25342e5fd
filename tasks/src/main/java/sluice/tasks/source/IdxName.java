package sluice.tasks.source;

import com.google.common.base.Strings;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an IDX file says of its content: MNIST's and KMNIST's files are {@code train-images-idx3-ubyte} and so on,
 * EMNIST's {@code emnist-letters-test-images-idx3-ubyte}, QMNIST's {@code qmnist-train-labels-idx2-int}, Kuzushiji-49's
 * {@code k49-train-imgs.npz}.
 *
 * @param set what comes before, such as {@code emnist-letters}; "" where nothing does
 * @param part what it holds
 * @param path where it is
 */
record IdxName(String set, IdxPart part, Path path) {
    private static final Pattern NAME = Pattern.compile(
            "(?:(?<set>.+)-)?(?<part>train|t10k|test)-(?<noun>images|imgs|labels)(?:[-.]idx[1-3]-(?:ubyte|byte|short|int|float|double)(?:\\.gz)?|\\.npz)");

    /** Plain before gzip, with a dash before with a dot, MNIST's {@code t10k} before {@code test}. */
    static final Comparator<IdxName> BEST_FIRST = Comparator.comparing((IdxName name) -> name.isTest())
            .thenComparing(name -> name.text().contains(".idx"))
            .thenComparing(IdxName::text);

    static Optional<IdxName> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(new IdxName(
                        Strings.nullToEmpty(name.group("set")), part(name.group("part"), name.group("noun")), path))
                : Optional.empty();
    }

    private static IdxPart part(String part, String noun) {
        if (part.equals("train")) {
            return noun.equals("labels") ? IdxPart.TRAIN_LABELS : IdxPart.TRAIN_IMAGES;
        }
        return noun.equals("labels") ? IdxPart.TEST_LABELS : IdxPart.TEST_IMAGES;
    }

    private boolean isTest() {
        return text().startsWith("test-", set.isEmpty() ? 0 : set.length() + 1);
    }

    private String text() {
        return path.getFileName().toString();
    }

    /** Whether images are stored column by column: all of EMNIST's are, as their makers wrote them from column-major arrays. */
    boolean isTransposed() {
        return set.startsWith("emnist-");
    }

    /** The name without an ending for compression; MNIST's, where nothing comes before. */
    String published() {
        return set.isEmpty() ? part.fileName() : text().replaceFirst("\\.gz$", "");
    }
}
