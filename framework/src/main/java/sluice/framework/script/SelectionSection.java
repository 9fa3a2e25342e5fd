package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.framework.optimizer.Validation;
import sluice.tasks.script.Section;

/** Reads the section {@code selection}. */
final class SelectionSection {
    static final String NAME = "selection";
    static final ImmutableList<String> KEYS = ImmutableList.of("held_out", "tasks");
    private static final Range<Double> SHARES = Range.openClosed(0.0, Validation.MOST);
    private static final int MOST_TASKS = 100_000;

    private SelectionSection() {}

    static Optional<Selection> read(Section top) {
        Section section = top.section(NAME, KEYS);
        Selection read = read(section, Selection.DEFAULT.heldOut());
        return top.value(NAME).map(written -> read);
    }

    /** The keys of a selection, which stand in other sections, too. */
    static Selection read(Section section, double heldOut) {
        OptionalInt tasks = section.value("tasks").stream()
                .mapToInt(value -> value.integer(Range.closed(1, MOST_TASKS)))
                .findFirst();
        return new Selection(section.real("held_out", SHARES, heldOut), tasks);
    }
}
