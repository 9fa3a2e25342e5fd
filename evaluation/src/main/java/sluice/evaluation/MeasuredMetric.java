package sluice.evaluation;

import com.google.common.base.Ascii;

/** The metrics that a run measures beside accuracies. A run has those that mean something for it. */
public enum MeasuredMetric implements Metric {
    /** Seconds of training on the clock. */
    TRAIN_SECONDS("Training time", "seconds of training on the clock", Format.SECONDS, Better.LESS),
    /** Milliseconds per training step. */
    MS_PER_STEP("ms per step", "milliseconds of training per step", Format.COUNT, Better.LESS),
    /** Seconds of evaluation. */
    EVAL_SECONDS("Evaluation time", "seconds of evaluation on the clock", Format.SECONDS, Better.LESS),
    /** Evaluation's share of the time. */
    EVAL_SHARE(
            "Evaluation share", "seconds of evaluation / those of training and evaluation", Format.SHARE, Better.LESS),
    /** Multiply-adds of training. */
    MACS("Multiply-adds", "multiply-adds of training", Format.COUNT, Better.LESS),
    /** Multiply-adds of a dense network. */
    MACS_DENSE("Multiply-adds, dense", "multiply-adds of training the dense network", Format.COUNT, Better.NEITHER),
    /** Multiply-adds per step. */
    MACS_PER_STEP("Multiply-adds per step", "multiply-adds of training per step", Format.COUNT, Better.LESS),
    /** Multiply-adds of a dense network per step. */
    MACS_DENSE_PER_STEP(
            "Multiply-adds per step, dense",
            "multiply-adds of training the dense network per step",
            Format.COUNT,
            Better.NEITHER),
    /** Multiply-adds for one of the dense network; of comparisons. */
    MACS_SHARE(
            "Multiply-adds, share",
            "multiply-adds of training / those of the dense network",
            Format.SHARE,
            Better.LESS),
    /** Accuracy that making gates binary cost. */
    HARDENING_COST(
            "Hardening cost",
            "accuracy with relaxed gates less that with binary ones, mean over tasks",
            Format.ACCURACY,
            Better.LESS),
    /** Bytes that tasks or the strategy take beside the network. */
    MEMORY_BYTES("Memory", "bytes that are kept beside the network's weights and biases", Format.COUNT, Better.LESS),
    /** What tasks with masks over weights take of a network. */
    CAPACITY(
            "Capacity",
            "share of the weights and biases that any task uses, and a 32nd of one for each bit of the tasks' masks",
            "after Kang et al. 2022",
            Format.SHARE,
            Better.LESS),
    /** Frozen share, mean over hidden layers; of comparisons. */
    OCCUPANCY("Occupancy", "frozen share of a layer, mean over the hidden layers", Format.SHARE, Better.NEITHER),
    /** Share of open units that were frozen already. */
    REUSE(
            "Reuse",
            "share of a task's open units that earlier tasks use, mean over all tasks but the first",
            Format.SHARE,
            Better.NEITHER),
    /** How many more tasks fit. */
    MORE_TASKS("More tasks", "tasks that fit that take as many new units as the last three", Format.COUNT, Better.MORE),
    /** The largest share of a budget that was used. */
    BUDGET_USED("Budget used", "largest share of a layer's budget that a task had open", Format.SHARE, Better.NEITHER),
    /** The largest excess over a budget. */
    BUDGET_EXCESS(
            "Budget excess",
            "largest excess of an expected open share over its budget at a task's end",
            Format.SHARE,
            Better.LESS),
    /** Negative log likelihood. */
    NLL(
            "NLL",
            "negative log likelihood of the right class, mean over test examples; of networks that generate, of the image,"
                    + " in nats: the importance-weighted bound of m samples with hard latents",
            Format.ACCURACY,
            Better.LESS),
    /** Share of test examples whose task was found. */
    TASK_FOUND(
            "Task found",
            "share of the test examples whose own task was found, where nobody tells it",
            Format.SHARE,
            Better.MORE),
    /** Multiply-adds of finding the task of one example. */
    MACS_INFERENCE(
            "Multiply-adds, task",
            "multiply-adds of finding the task of one test example, mean",
            Format.COUNT,
            Better.LESS),
    /** Accuracy on what comes before it is learned. */
    PREQUENTIAL_ACCURACY(
            "Prequential acc.",
            "accuracy on the examples of a stream, each asked before it was learned: test, then train",
            "Gama et al. 2013",
            Format.ACCURACY,
            Better.MORE),
    /** Share of borders that were found. */
    BORDERS_FOUND(
            "Borders found",
            "share of the borders of a stream that were noticed before the next one, the task that begins or comes back there told right",
            Format.SHARE,
            Better.MORE),
    /** Borders where none was. */
    BORDERS_FALSE("False borders", "borders that were noticed and are none of a stream's", Format.COUNT, Better.LESS),
    /** How late borders are found. */
    BORDER_DELAY(
            "Border delay",
            "mini-batches from that with the first example of a task to that in which the border was noticed, the most of all found",
            Format.COUNT,
            Better.LESS),
    /** Share of tasks that were recognised. */
    TASKS_RECOGNISED(
            "Recognised",
            "share of the times that a task came back in which it was recognised before the next border",
            Format.SHARE,
            Better.MORE),
    /** How well tasks' own test examples are told from examples whose features are in another order. */
    AUROC_PERMUTATION(
            "AUROC, another permutation",
            "probability that a test example of a learned task fits the task that is found for it better than one of the first task with its features in another order,"
                    + " ties half (Mann-Whitney)",
            Format.ACCURACY,
            Better.MORE),
    /** How well tasks' own test examples are told from noise. */
    AUROC_NOISE(
            "AUROC, noise",
            "probability that a test example of a learned task fits the task that is found for it better than one whose features are drawn uniformly,"
                    + " ties half (Mann-Whitney)",
            Format.ACCURACY,
            Better.MORE),
    /** How well tasks' own test examples are told from drawn digits. */
    AUROC_DIGITS(
            "AUROC, drawn digits",
            "probability that a test example of a learned task fits the task that is found for it better than a drawn digit,"
                    + " ties half (Mann-Whitney)",
            Format.ACCURACY,
            Better.MORE),
    /** How well tasks' own test examples are told from examples of classes that were left out. */
    AUROC_LEFT_OUT(
            "AUROC, classes left out",
            "probability that a test example of a learned task fits the task that is found for it better than one of the classes that were left out,"
                    + " ties half (Mann-Whitney)",
            Format.ACCURACY,
            Better.MORE),
    /** Share of test examples that were answered. */
    ANSWERED("Answered", "share of the test examples that were answered", Format.SHARE, Better.MORE),
    /** Accuracy on those. */
    ANSWERED_ACCURACY(
            "Accuracy, answered", "accuracy on the test examples that were answered", Format.ACCURACY, Better.MORE),
    /** How far answers lean to the task learned last. */
    RECENCY_BIAS(
            "Recency bias",
            "share of answers that name a class of the last task, less the share of examples that have one",
            "after Wu et al. 2019",
            Format.ACCURACY,
            Better.NEITHER),
    /** Filters that are open. */
    FILTERS_OPEN("Filters open", "filters that some task opened", Format.COUNT, Better.NEITHER),
    /** Filters. */
    FILTERS("Filters", "filters of the network", Format.COUNT, Better.NEITHER),
    /** Multiply-adds of one prediction. */
    MACS_PREDICTION("Multiply-adds, prediction", "multiply-adds of one prediction", Format.COUNT, Better.LESS),
    /** Multiply-adds of one prediction, everything open. */
    MACS_PREDICTION_ALL_OPEN(
            "Multiply-adds, prediction, all open",
            "multiply-adds of one prediction with all units or filters open",
            Format.COUNT,
            Better.NEITHER),
    /** What scores are multiplied with before the softmax. */
    CALIBRATION_SCALE(
            "Calibration scale", "what scores are multiplied with before the softmax", Format.COUNT, Better.NEITHER),
    /** Alignment of features in the end with those right after learning. */
    CKA(
            "CKA",
            "alignment of a task's features in the end with those right after it was learned, mean over earlier tasks",
            "Kornblith et al. 2019",
            Format.ACCURACY,
            Better.MORE),
    /** Effective rank of the features. */
    EFFECTIVE_RANK(
            "Effective rank",
            "exp of the entropy of the features' singular values, mean over tasks",
            "Roy & Vetterli 2007",
            Format.ACCURACY,
            Better.NEITHER),
    /** Share of dormant units. */
    DORMANT_RATIO(
            "Dormant ratio",
            "share of units that hardly answer, mean over tasks",
            "Sokar et al. 2023",
            Format.ACCURACY,
            Better.LESS);

    private final Description description;

    MeasuredMetric(String title, String formula, Format format, Better better) {
        this(title, formula, "", format, better);
    }

    MeasuredMetric(String title, String formula, String source, Format format, Better better) {
        this.description = new Description(title, formula, source, format, better);
    }

    /** Such as {@code train_seconds}. */
    @Override
    public String key() {
        return Ascii.toLowerCase(name());
    }

    @Override
    public Description description() {
        return description;
    }
}
