package sluice.evaluation;

import static sluice.evaluation.MetricArithmetic.mean;
import static sluice.evaluation.MetricArithmetic.minus;
import static sluice.evaluation.MetricArithmetic.quotient;

import java.util.function.BiFunction;

/**
 * The metrics that hold an accuracy matrix R against {@linkplain Reference reference models}, in the order of a report.
 * T is the number of tasks; A_joint[j] is the accuracy of the joint reference on task j, and so on for the others. A
 * metric over an accuracy that is missing is undefined.
 */
public enum ReferenceMetric implements Metric {
    /**
     * Intransigence: the mean of A_joint[j] - R[j][j] over j = 1..T (Chaudhry et al. 2018, with one reference that
     * learned all T tasks in place of one per row). In [-1, 1]; above 0 where a task is learned less well than it could
     * be.
     */
    INTRANSIGENCE(
            "intransigence",
            Description.ofAccuracies(
                            "Intransigence",
                            "mean of A_joint[j] - R[j][j], j = 1..T, one joint model of all tasks",
                            "after Chaudhry et al. 2018",
                            Better.LESS)
                    .inWords("how much worse a task is learned than by a network that learns all tasks at once, mean"),
            ReferenceMetric::intransigence),

    /**
     * Forgetting ratio: the mean of (R[T][j] - A_untrained[j]) / (A_joint[j] - A_untrained[j]) - 1 over j = 1..T (Serra
     * et al. 2018, after all tasks). 0 where the run ends as good as the joint reference, -1 where it ends as good as
     * the untrained one, above 0 where it is better than joint. R[0][j] serves as A_untrained[j] where no untrained
     * reference was run. Undefined where joint is no better than untrained.
     */
    FORGETTING_RATIO(
            "forgetting_ratio",
            Description.ofAccuracies(
                            "Forgetting ratio",
                            "mean of (R[T][j] - A_untrained[j]) / (A_joint[j] - A_untrained[j]) - 1, j = 1..T",
                            "Serra et al. 2018",
                            Better.MORE)
                    .inWords(
                            "how much of what joint training gains over an untrained network is missing in the end, as a share: 0 none, -1 all"),
            ReferenceMetric::forgettingRatio),

    /**
     * Forward transfer against independent networks: the mean of R[j][j] - A_independent[j] over j = 2..T (CLArena);
     * nothing is transferred to the first task. In [-1, 1]; above 0 where earlier tasks helped to learn later ones.
     */
    FWT_INDEPENDENT(
            "fwt_independent",
            Description.ofAccuracies(
                            "FWT (independent)", "mean of R[j][j] - A_independent[j], j = 2..T", "CLArena", Better.MORE)
                    .inWords(
                            "how much better a task is learned after the earlier ones than by a network of its own, mean"),
            ReferenceMetric::forward);

    private final String key;
    private final Description description;
    private final BiFunction<AccuracyMatrix, ReferenceAccuracies, MetricValue> formula;

    ReferenceMetric(
            String key, Description description, BiFunction<AccuracyMatrix, ReferenceAccuracies, MetricValue> formula) {
        this.key = key;
        this.description = description;
        this.formula = formula;
    }

    /**
     * {@return the metric; undefined, naming what is missing}
     *
     * @param matrix R
     * @param references on the matrix's tasks, by name
     */
    public MetricValue of(AccuracyMatrix matrix, ReferenceAccuracies references) {
        return matrix.isTested() ? formula.apply(matrix, references) : AccuracyMatrix.NOT_TESTED;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Description description() {
        return description;
    }

    private static MetricValue intransigence(AccuracyMatrix r, ReferenceAccuracies references) {
        return mean(1, r.tasks().size(), j -> minus(accuracy(Reference.JOINT, r, references, j), r.accuracy(j, j)));
    }

    private static MetricValue forward(AccuracyMatrix r, ReferenceAccuracies references) {
        return mean(
                2, r.tasks().size(), j -> minus(r.accuracy(j, j), accuracy(Reference.INDEPENDENT, r, references, j)));
    }

    private static MetricValue forgettingRatio(AccuracyMatrix r, ReferenceAccuracies references) {
        return mean(1, r.tasks().size(), j -> {
            MetricValue joint = accuracy(Reference.JOINT, r, references, j);
            MetricValue untrained = untrained(r, references, j);
            MetricValue gain = minus(joint, untrained);
            if (gain instanceof MetricValue.Defined defined && defined.value() <= 0) {
                return MetricValue.undefined("the joint reference is no better than the untrained one on task "
                        + Printable.quoted(r.tasks().get(j - 1)) + " (" + joint.text() + " against " + untrained.text()
                        + ")");
            }
            MetricValue kept = minus(r.accuracy(r.tasks().size(), j), untrained);
            return minus(quotient(kept, gain), MetricValue.of(1));
        });
    }

    private static MetricValue untrained(AccuracyMatrix r, ReferenceAccuracies references, int j) {
        MetricValue run = accuracy(Reference.UNTRAINED, r, references, j);
        MetricValue own = r.accuracy(0, j);
        return run instanceof MetricValue.Undefined && own instanceof MetricValue.Defined ? own : run;
    }

    private static MetricValue accuracy(Reference reference, AccuracyMatrix r, ReferenceAccuracies references, int j) {
        return references.accuracy(reference, r.tasks().get(j - 1));
    }
}
