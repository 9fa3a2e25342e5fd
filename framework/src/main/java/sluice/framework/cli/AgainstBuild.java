package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.bench.builds.Build;
import sluice.framework.bench.builds.BuildFigure;
import sluice.framework.bench.builds.BuildPairs;
import sluice.framework.bench.builds.BuildWork;
import sluice.framework.internal.kernel.Blas;
import sluice.tasks.InputException;

/** {@code sluice bench --against}: this build and another in turns. */
final class AgainstBuild {
    private static final Range<Integer> PAIRS = Range.closed(1, 1000);
    private static final int USUAL_PAIRS = 5;
    private static final String HOME = "sluice.home";

    @Option(
            names = "--against",
            paramLabel = "FOLDER",
            description =
                    "another checkout of Sluice: whole commands of both builds are run in turns, and the quotients of their medians told"
                            + " (time, memory, steps), this by the other")
    private Path other;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "with --against: how often each is run, 1 to 1000 (default: 5)")
    private Integer givenPairs;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "with --against: only this, instead of all; may be repeated")
    private List<String> only = new ArrayList<>();

    @Mixin
    private DataOption data;

    boolean isAsked() {
        if (other == null && (!only.isEmpty() || givenPairs != null)) {
            throw new InputException("%s: has a meaning with --against only: name another checkout by it"
                    .formatted(only.isEmpty() ? "--pairs" : "--only"));
        }
        return other != null;
    }

    void run(Terminal terminal) {
        int pairs = givenPairs == null ? USUAL_PAIRS : givenPairs;
        if (!PAIRS.contains(pairs)) {
            throw new InputException("--pairs must be in [1, 1000], got " + pairs);
        }
        ImmutableList<BuildWork> asked = BuildWork.named(only);
        Build theirs = Build.in(other);
        Build ours = Build.in(home());
        BuildPairs builds = new BuildPairs(ours, theirs, data.given().map(Path::toAbsolutePath));
        builds.prepare();
        terminal.say("BLAS core type %s, %d pairs, %s against %s"
                .formatted(Blas.coreType(), pairs, ours.folder(), theirs.folder()));
        for (BuildWork work : asked) {
            FigureTable table = new FigureTable(work.name(), "this", "other", "this of other", "least", "most");
            builds.measure(work, pairs).forEach(figure -> add(table, figure));
            terminal.say(table.text(terminal));
        }
    }

    private static void add(FigureTable table, BuildFigure figure) {
        table.add(
                figure.name(),
                text(figure.median()),
                text(figure.otherMedian()),
                text(figure.ratio()),
                text(figure.leastRatio()),
                text(figure.largestRatio()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static Path home() {
        String folder = System.getProperty(HOME);
        if (folder == null) {
            throw new InputException("--against: compares what ./sluice starts: start this by ./sluice bench, too");
        }
        return Path.of(folder);
    }
}
