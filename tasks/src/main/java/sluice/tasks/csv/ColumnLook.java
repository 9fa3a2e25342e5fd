package sluice.tasks.csv;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at a column, cell by cell. Mutable; for one column. */
final class ColumnLook {
    /** Texts of a column with more are no categories. */
    static final int MOST_CATEGORIES = 100;

    /** Different texts that are counted; those of a column of numbers are not needed. */
    private static final int MOST_COUNTED = 1000;

    private static final Pattern DATE = Pattern.compile(
            "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ].*)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}([T ].*)?|\\d{1,2}:\\d{2}(:\\d{2})?");
    private static final Pattern ID_NAME =
            Pattern.compile("(?i)(.*[^a-z])?(id|uuid|guid|key|index|nr|no)|.*[a-z]I[dD]");

    private final String name;
    private final boolean unnamed;
    private final boolean declared;
    private final Map<String, Integer> values = new LinkedHashMap<>();
    private final Set<String> marks = new LinkedHashSet<>();
    private int marked;
    private int empty;
    private int cells;
    private int numbers;
    private int dates;
    private int beyond;
    private final OddCells.Counter others = new OddCells.Counter();
    private boolean whole = true;
    private boolean consecutive = true;
    private boolean many;
    private long last;

    /**
     * @param name what it is called
     * @param unnamed whether the file gives it none
     * @param declared whether the file says what its categories are
     */
    ColumnLook(String name, boolean unnamed, boolean declared) {
        this.name = name;
        this.unnamed = unnamed;
        this.declared = declared;
    }

    /**
     * @param cell the next one
     * @param line on which its row begins
     */
    void add(String cell, long line) {
        if (cell.isEmpty()) {
            empty++;
            return;
        }
        cells++;
        if (Float.isFinite(Decimals.number(cell))) {
            numbers++;
            lookAtWhole(cell);
        } else if (MissingMarks.isMark(cell)) {
            marked++;
            marks.add(cell);
        } else {
            others.add(cell, line);
            dates += DATE.matcher(cell).matches() ? 1 : 0;
            beyond += Float.isInfinite(Decimals.number(cell)) || NumericColumn.isNotFinite(cell) ? 1 : 0;
        }
        if (values.size() < MOST_COUNTED || values.containsKey(cell)) {
            values.merge(cell, 1, Integer::sum);
        } else {
            many = true;
        }
    }

    private void lookAtWhole(String cell) {
        Long number = Longs.tryParse(cell);
        whole &= number != null;
        consecutive &= number != null && (numbers == 1 || number == last + 1);
        last = number == null ? 0 : number;
    }

    ColumnSketch sketch() {
        ColumnSketch.Kind kind = kind();
        boolean absent =
                kind == ColumnSketch.Kind.NUMBER || kind == ColumnSketch.Kind.DATE || kind == ColumnSketch.Kind.EMPTY;
        // a question mark among texts is as little a value as among numbers and dates; other marks may be words there
        ImmutableSet<String> missing = absent
                ? ImmutableSet.copyOf(marks)
                : marks.stream().filter("?"::equals).collect(ImmutableSet.toImmutableSet());
        int without = empty
                + missing.stream()
                        .mapToInt(mark -> values.getOrDefault(mark, 0))
                        .sum();
        boolean numeric = kind == ColumnSketch.Kind.NUMBER || (kind == ColumnSketch.Kind.ID && isNumbers());
        OddCells odd = numeric ? others.cells() : OddCells.NONE;
        return new ColumnSketch(name, kind, ImmutableMap.copyOf(values), without, missing, odd);
    }

    private ColumnSketch.Kind kind() {
        int known = cells - marked;
        if (known == 0) {
            return cells == 0 || marks.size() > 1 || values.size() == 1
                    ? ColumnSketch.Kind.EMPTY
                    : ColumnSketch.Kind.CATEGORY;
        }
        int different =
                values.size() - (int) marks.stream().filter(values::containsKey).count();
        if (different == 1 && marked == 0 && empty == 0) {
            return ColumnSketch.Kind.CONSTANT;
        }
        if (unnamed) {
            return ColumnSketch.Kind.ID;
        }
        if (declared) {
            return ColumnSketch.Kind.CATEGORY;
        }
        if (isNumbers() && known - numbers == beyond) {
            return kindOfNumbers(different);
        }
        if (dates > 0 && OddCells.isFew(known - dates, known)) {
            return ColumnSketch.Kind.DATE;
        }
        if (!many && different <= MOST_CATEGORIES && (different <= 2 || different * 2 <= known)) {
            return ColumnSketch.Kind.CATEGORY;
        }
        if (isNumbers()) {
            return kindOfNumbers(different);
        }
        return !many && different < cells ? ColumnSketch.Kind.TEXT : kindOfMany(different);
    }

    /** Whether all but few cells are numbers, or all are written as numbers. */
    private boolean isNumbers() {
        int odd = cells - marked - numbers;
        return numbers > odd && (odd == beyond || OddCells.isFew(odd, cells - marked));
    }

    private ColumnSketch.Kind kindOfNumbers(int different) {
        boolean each = whole && cells > 2 && (many || different == cells);
        return each && (consecutive || ID_NAME.matcher(name).matches())
                ? ColumnSketch.Kind.ID
                : ColumnSketch.Kind.NUMBER;
    }

    private ColumnSketch.Kind kindOfMany(int different) {
        return !many && different == cells ? ColumnSketch.Kind.ID : ColumnSketch.Kind.TEXT;
    }
}
