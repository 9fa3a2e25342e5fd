package sluice.evaluation.run;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.RangeSet;
import java.util.List;
import java.util.regex.Pattern;
import sluice.evaluation.CsvLine;

/**
 * The gates of one layer for one task, when the task was consolidated.
 *
 * @param task its name
 * @param layer from 1
 * @param units of the layer, at least 1
 * @param open the task's open units as ranges, ascending from 0, separated by blanks: {@code 0-12 15 20-22}; may be empty
 * @param probabilities counts of gates by open probability in ten bins, separated by blanks; empty if unknown
 */
public record GateLayer(String task, int layer, int units, String open, String probabilities) {
    private static final String LAYER = "layer";
    private static final String UNITS = "units";
    private static final String OPEN = "open";
    private static final String PROBABILITIES = "probabilities";
    private static final Pattern RANGES = Pattern.compile("(\\d{1,9}(-\\d{1,9})?( \\d{1,9}(-\\d{1,9})?)*)?");
    private static final Pattern BINS = Pattern.compile("(\\d{1,9}( \\d{1,9}){9})?");

    /** A line per task and layer. */
    public static final RunCsv<GateLayer> FILE = RunCsv.ofAnyRun(
            RunFile.GATES,
            ImmutableMap.of(
                    RunCsv.TASK,
                    gates -> Cells.name(gates.task()),
                    LAYER,
                    GateLayer::layer,
                    UNITS,
                    GateLayer::units,
                    OPEN,
                    GateLayer::open,
                    PROBABILITIES,
                    GateLayer::probabilities),
            GateLayer::read);

    /**
     * {@return the gates}
     *
     * @param task its name
     * @param layer from 1
     * @param units of the layer, at least 1
     * @param open the task's open units, ascending, each in [0, units)
     * @param probabilities gates by open probability: how many in [0, 0.1), [0.1, 0.2), ..., [0.9, 1]; empty if unknown
     */
    public static GateLayer of(String task, int layer, int units, int[] open, List<Integer> probabilities) {
        return new GateLayer(
                task, layer, units, UnitRanges.text(open), Joiner.on(' ').join(probabilities));
    }

    /** {@return the task's open units, as ranges [from, to)} */
    public RangeSet<Integer> openUnits() {
        return UnitRanges.parse(open, units).orElseThrow();
    }

    private static GateLayer read(CsvLine line) {
        checkForm(line, OPEN, RANGES, "ranges such as '0-12 15 20-22'");
        checkForm(line, PROBABILITIES, BINS, "ten counts such as '12 0 0 1 0 0 0 0 3 48', or nothing");
        GateLayer layer = new GateLayer(
                line.name(RunCsv.TASK),
                line.count(LAYER, 1),
                line.count(UNITS, 1),
                line.text(OPEN),
                line.text(PROBABILITIES));
        if (UnitRanges.parse(layer.open(), layer.units()).isEmpty()) {
            throw line.refusal(OPEN, "ranges must ascend and stay below the " + layer.units() + " units of the layer");
        }
        return layer;
    }

    private static void checkForm(CsvLine line, String column, Pattern form, String expected) {
        if (!form.matcher(line.text(column)).matches()) {
            throw line.refusal(column, "must be " + expected);
        }
    }
}
