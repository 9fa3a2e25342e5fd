package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;

/** What is asked of a key while a script is read. Of the same key several questions may be asked, and each again. */
public sealed interface Question {
    /**
     * A whole number.
     *
     * @param range what it may be
     */
    record Whole(Range<Long> range) implements Question {}

    /**
     * A number.
     *
     * @param range what it may be
     */
    record Real(Range<Double> range) implements Question {}

    /** Text. */
    record Text() implements Question {}

    /**
     * Text of a certain form.
     *
     * @param pattern regular expression of the whole of it
     */
    record Matching(String pattern) implements Question {}

    /**
     * A word.
     *
     * @param words that it may be, one or more
     */
    record OneOf(ImmutableList<String> words) implements Question {}

    /**
     * A list of words, none twice.
     *
     * @param words that they may be
     */
    record SomeOf(ImmutableList<String> words) implements Question {}

    /**
     * A list of one item or more, of each of which more is asked.
     *
     * @param most items
     */
    record Items(int most) implements Question {}

    /**
     * A mapping of known keys, of each of which more is asked.
     *
     * @param known keys, in the format's order
     */
    record Keys(ImmutableList<String> known) implements Question {}

    /**
     * A mapping of names.
     *
     * @param names that there may be; none where it may be any
     */
    record Entries(ImmutableList<String> names) implements Question {}

    /**
     * That another key of its section is not written beside it.
     *
     * @param other key
     */
    record NotBeside(String other) implements Question {}

    /**
     * That another key of its section is not written where it is a certain word.
     *
     * @param word which
     * @param other key
     */
    record NotWhere(String word, String other) implements Question {}

    /** That something is written. */
    record Required() implements Question {}

    /** What is written in a section that is read where it is absent too. */
    record Always() implements Question {}

    /**
     * What holds where nothing is written.
     *
     * @param written as it might be written
     */
    record Otherwise(Object written) implements Question {}
}
