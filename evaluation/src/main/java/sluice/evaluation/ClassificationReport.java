package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import com.google.common.collect.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How well examples were classified: accuracy, and precision, recall and F1 of each class with their macro averages, which are
 * means over the classes that have examples, each class counting alike. Classes without examples are not among them, though
 * answers may be: those are wrong.
 *
 * @param classes those that have examples
 * @param correct how many examples were answered with their class
 * @param examples how many there are, at least 1
 * @param others what was answered beside these classes, with how often: answers that are wrong
 */
public record ClassificationReport(
        ImmutableList<OfClass> classes, int correct, int examples, ImmutableMultiset<String> others) {
    /** Checks the ranges. */
    public ClassificationReport {
        checkArgument(examples >= 1, "there must be at least 1 example, got %s", examples);
        checkArgument(correct >= 0 && correct <= examples, "correct must be in [0, %s], got %s", examples, correct);
    }

    /**
     * What is counted of a class.
     *
     * @param name what it is called
     * @param support examples of it, at least 1
     * @param predicted examples that were answered with it
     * @param correct those of them that are of it
     */
    public record OfClass(String name, int support, int predicted, int correct) {
        private OfClass plus(OfClass more) {
            return new OfClass(name, support + more.support, predicted + more.predicted, correct + more.correct);
        }

        /** {@return the share of its answers that are right; undefined, so empty, where it is never answered} */
        public OptionalDouble precision() {
            return predicted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / predicted);
        }

        /** {@return the share of its examples that are answered right} */
        public double recall() {
            return (double) correct / support;
        }

        /** {@return the harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); 0 where it is never answered} */
        public double f1() {
            return 2.0 * correct / (support + predicted);
        }
    }

    /**
     * {@return the report}
     *
     * @param classes that there may be, in the order in which they are reported
     * @param actual class of each example, at least one, each among the classes
     * @param predicted answer to each example, whatever it is
     */
    public static ClassificationReport of(Collection<String> classes, List<String> actual, List<String> predicted) {
        checkArgument(
                actual.size() == predicted.size(),
                "there are %s examples and %s answers",
                actual.size(),
                predicted.size());
        Table<String, String, Integer> counts = HashBasedTable.create();
        for (int i = 0; i < actual.size(); i++) {
            counts.row(actual.get(i)).merge(predicted.get(i), 1, Integer::sum);
        }
        return of(classes, counts);
    }

    /**
     * {@return the report}
     *
     * @param classes that there may be, in the order in which they are reported
     * @param counts of examples, at least one, by their class, which is among the classes, and by what they were answered with
     */
    public static ClassificationReport of(Collection<String> classes, Table<String, String, Integer> counts) {
        ImmutableSet<String> known = ImmutableSet.copyOf(classes);
        Multiset<String> support = HashMultiset.create();
        Multiset<String> answers = HashMultiset.create();
        Multiset<String> correct = HashMultiset.create();
        for (Table.Cell<String, String, Integer> cell : counts.cellSet()) {
            checkArgument(known.contains(cell.getRowKey()), "%s is none of the classes", cell.getRowKey());
            support.add(cell.getRowKey(), cell.getValue());
            answers.add(cell.getColumnKey(), cell.getValue());
            if (cell.getRowKey().equals(cell.getColumnKey())) {
                correct.add(cell.getRowKey(), cell.getValue());
            }
        }
        ImmutableList<OfClass> counted = known.stream()
                .filter(support::contains)
                .map(name -> new OfClass(name, support.count(name), answers.count(name), correct.count(name)))
                .collect(ImmutableList.toImmutableList());
        return new ClassificationReport(
                counted,
                correct.size(),
                support.size(),
                answers.stream()
                        .filter(name -> !support.contains(name))
                        .collect(ImmutableMultiset.toImmutableMultiset()));
    }

    /**
     * {@return the report on the examples of all together, classes in the order of their names: an answer that names a class of another report counts as one of that class}
     *
     * @param reports at least one, on examples apart, whose classes of one name are the same
     */
    public static ClassificationReport pooled(Collection<ClassificationReport> reports) {
        // sorted, so that sums are the same whatever the order of reports
        Map<String, OfClass> classes = new TreeMap<>();
        Multiset<String> others = HashMultiset.create();
        for (ClassificationReport report : reports) {
            report.classes.forEach(each -> classes.merge(each.name(), each, OfClass::plus));
            others.addAll(report.others);
        }
        return new ClassificationReport(
                classes.values().stream()
                        .map(each -> each.plus(new OfClass(each.name(), 0, others.count(each.name()), 0)))
                        .collect(ImmutableList.toImmutableList()),
                reports.stream().mapToInt(ClassificationReport::correct).sum(),
                reports.stream().mapToInt(ClassificationReport::examples).sum(),
                others.stream()
                        .filter(name -> !classes.containsKey(name))
                        .collect(ImmutableMultiset.toImmutableMultiset()));
    }

    /** {@return the share of the examples that were answered with their class} */
    public double accuracy() {
        return (double) correct / examples;
    }

    /** {@return the mean recall of the classes that have examples, which is the macro average of recall} */
    public double balancedAccuracy() {
        return mean(OfClass::recall);
    }

    /** {@return the mean precision of the classes that have examples; that of a class never answered counts as 0} */
    public double macroPrecision() {
        return mean(each -> each.precision().orElse(0));
    }

    /** {@return the mean F1 of the classes that have examples} */
    public double macroF1() {
        return mean(OfClass::f1);
    }

    private double mean(ToDoubleFunction<OfClass> figure) {
        return classes.stream().mapToDouble(figure).average().orElseThrow();
    }
}
