package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.tasks.Examples;
import sluice.tasks.csv.TableRows;
import sluice.tasks.images.InputImages;

/**
 * Examples to be predicted, as a model takes them.
 *
 * @param examples all labelled 0; a refused one means nothing
 * @param files names of their files, where each has one; else none
 * @param labels of the examples, as their file has them, "" where one has none; none where they were not asked for
 * @param notes what to know of them, a line each
 * @param refused why an example cannot be predicted, by its position from 0
 */
public record GivenExamples(
        Examples examples,
        ImmutableList<String> files,
        ImmutableList<String> labels,
        ImmutableList<String> notes,
        ImmutableMap<Integer, String> refused) {
    static GivenExamples of(TableRows rows) {
        return new GivenExamples(rows.examples(), ImmutableList.of(), rows.labels(), rows.notes(), rows.refused());
    }

    /** Examples without more. */
    static GivenExamples of(Examples examples) {
        return new GivenExamples(
                examples, ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), ImmutableMap.of());
    }

    /** Images, labelled by their folders or not at all. */
    static GivenExamples of(InputImages images, boolean labelled) {
        return new GivenExamples(
                images.examples(),
                images.names(),
                labelled ? images.folders() : ImmutableList.of(),
                images.notes(),
                ImmutableMap.of());
    }

    /** The same with features of other values. */
    GivenExamples with(Examples others) {
        return new GivenExamples(others, files, labels, notes, refused);
    }
}
