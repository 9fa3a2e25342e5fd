package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import sluice.framework.bench.CurveFigure;
import sluice.framework.bench.Figure;
import sluice.framework.bench.MeasuredFiles;
import sluice.framework.bench.ReportGrowth;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.timing.CostCurve;
import sluice.framework.internal.timing.GrowthTiming;
import sluice.framework.optimizer.Optimizer;
import sluice.tasks.InputException;

/** {@code sluice bench --growth}: how costs grow, as a table and as a picture. */
final class Growth {
    private static final Range<Integer> WIDTHS = Range.closed(200, 8000);
    private static final int WIDEST = 8000;

    @Option(
            names = "--growth",
            paramLabel = "FOLDER",
            description =
                    "measures how a step, a prediction and a report grow (width, open share, earlier tasks, batch, threads, runs), in"
                            + " about a minute, and writes growth.csv, .png and .svg there")
    private Path folder;

    @Option(
            names = "--most-width",
            paramLabel = "N",
            description = "with --growth: up to this width, 200 to 8000 (default: 8000)")
    private Integer mostWidth;

    @Option(names = "--overwrite", description = "with --growth: replace earlier measurements")
    private boolean overwrite;

    boolean isAsked() {
        if (folder == null && (overwrite || mostWidth != null)) {
            throw new InputException("%s: has a meaning with --growth only: name a folder by it"
                    .formatted(overwrite ? "--overwrite" : "--most-width"));
        }
        return folder != null;
    }

    void run(Lanes lanes, Optimizer optimizer, MedianTime clock, Terminal terminal) {
        int most = mostWidth == null ? WIDEST : mostWidth;
        if (!WIDTHS.contains(most)) {
            throw new InputException("--most-width must be in [200, 8000], got " + most);
        }
        MeasuredFiles files = MeasuredFiles.claim(folder, "--growth", "growth", overwrite);
        Figure.checkFonts();
        terminal.say(
                "BLAS core type %s, %d threads; network 784-1000-1000 with a quarter open, batch 64, %s, but for what a table goes along"
                        .formatted(Blas.coreType(), lanes.count(), optimizer.name()));
        List<CostCurve> curves = new ArrayList<>();
        GrowthTiming timing = new GrowthTiming(lanes, most, optimizer, clock);
        tell(timing.steps(), curves, terminal);
        tell(timing.predictions(), curves, terminal);
        tell(ReportGrowth.measure(), curves, terminal);
        terminal.say("written");
        files.write(CurveFigure.of(curves), CurveFigure.csv(curves)).forEach(file -> terminal.say("  " + file));
    }

    private static void tell(ImmutableList<CostCurve> measured, List<CostCurve> all, Terminal terminal) {
        for (CostCurve curve : measured) {
            FigureTable table =
                    new FigureTable(curve.cost() + " by " + curve.against(), curve.unit(), "grows to the power of");
            for (int i = 0; i < curve.points().size(); i++) {
                CostCurve.Point point = curve.points().get(i);
                table.add(
                        text("%,.4g", point.x()),
                        text("%.3f", point.y()),
                        i == 0 ? "" : text("%.2f", curve.exponent(i)));
            }
            terminal.say(table.text(terminal));
            all.add(curve);
        }
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
