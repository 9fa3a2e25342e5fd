package sluice.evaluation;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Optional;

/** A kind of model that a strategy is measured against, because it learns the same tasks without their order. */
public enum Reference {
    /** A network that has learned nothing: what chance and the initialisation are worth. */
    UNTRAINED,

    /** A network per task that learned this task alone. */
    INDEPENDENT,

    /** One network that learned all T tasks at once (multi-task learning). */
    JOINT;

    /** {@return its name in files and messages, such as {@code joint}} */
    public String word() {
        return Ascii.toLowerCase(name());
    }

    /**
     * {@return that reference, empty if there is none of that name}
     *
     * @param word a reference's {@link #word}
     */
    public static Optional<Reference> of(String word) {
        return Arrays.stream(values())
                .filter(reference -> reference.word().equals(word))
                .findFirst();
    }
}
