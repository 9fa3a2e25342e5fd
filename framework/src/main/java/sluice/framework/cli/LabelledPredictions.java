package sluice.framework.cli;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.evaluation.ClassificationReport;
import sluice.tasks.Printable;

/** Predictions beside the labels of their examples: how many are right, class by class, and what is left out of that. */
final class LabelledPredictions {
    private static final int MOST_CLASSES = 8;

    private final ImmutableList<String> classes;
    private final List<String> actual = new ArrayList<>();
    private final List<String> predicted = new ArrayList<>();
    private final Multiset<String> notLearned = HashMultiset.create();
    private final String learner;
    private int withoutLabel;

    /**
     * @param classes that may be answered
     * @param learner what has learned them, for what is said of others
     */
    LabelledPredictions(ImmutableList<String> classes, String learner) {
        this.classes = classes;
        this.learner = learner;
    }

    /** Adds an example whose class has been learned, by what the right answer would be. */
    void add(String right, String answer) {
        actual.add(right);
        predicted.add(answer);
    }

    /** Adds an example of a class that has not been learned. */
    void addNotLearned(String label) {
        notLearned.add(label);
    }

    /** Adds an example that has no label. */
    void addWithoutLabel() {
        withoutLabel++;
    }

    /** Prints figures, after what is left out of them. */
    void print(Terminal terminal) {
        leftOut().forEach(terminal::say);
        if (actual.isEmpty()) {
            terminal.say("accuracy           undefined: no row has a label that may be answered, which are %s"
                    .formatted(Printable.of(String.join(", ", classes))));
            return;
        }
        ClassificationReport report = ClassificationReport.of(classes, actual, predicted);
        terminal.say("accuracy           %.4f (%,d of %,d)", report.accuracy(), report.correct(), report.examples());
        terminal.say(
                "balanced accuracy  %.4f (mean recall of the classes that have rows: %d of %d)",
                report.balancedAccuracy(), report.classes().size(), classes.size());
        terminal.say(table(report, terminal));
        if (report.classes().stream().anyMatch(each -> each.precision().isEmpty())) {
            terminal.say("-: never predicted, so that there is no precision; the macro average counts it as 0");
        }
    }

    private ImmutableList<String> leftOut() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        if (withoutLabel > 0) {
            lines.add("%s without a label".formatted(rows(withoutLabel)));
        }
        ImmutableList<Multiset.Entry<String>> entries =
                Multisets.copyHighestCountFirst(notLearned).entrySet().asList();
        int named = entries.size() > MOST_CLASSES ? MOST_CLASSES - 1 : entries.size();
        int others = notLearned.size();
        for (Multiset.Entry<String> entry : entries.subList(0, named)) {
            lines.add("%s of class %s, which %s has not learned"
                    .formatted(rows(entry.getCount()), Printable.quoted(entry.getElement()), learner));
            others -= entry.getCount();
        }
        if (others > 0) {
            lines.add("%s of %,d more classes, which %s has not learned"
                    .formatted(rows(others), entries.size() - named, learner));
        }
        return lines.build();
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }

    private static String table(ClassificationReport report, Terminal terminal) {
        FigureTable table = new FigureTable("class", "precision", "recall", "F1", "support");
        for (ClassificationReport.OfClass each : report.classes()) {
            table.add(
                    Printable.of(each.name()),
                    each.precision().isPresent() ? figure(each.precision().getAsDouble()) : "-",
                    figure(each.recall()),
                    figure(each.f1()),
                    Integer.toString(each.support()));
        }
        table.add(
                "macro average",
                figure(report.macroPrecision()),
                figure(report.balancedAccuracy()),
                figure(report.macroF1()),
                Integer.toString(report.examples()));
        return table.text(terminal);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
