package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.SquaredError;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.loss.Distillation;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.Batch;
import sluice.framework.plain.FlatOptimizer;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;
import sluice.gating.Progress;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * What a {@link TaskLearner} works with: one network, its optimiser, the loss over the outputs that compete in the
 * scenario, and random streams. The optimiser's moments live on from task to task, as in the protocol of van de Ven and
 * Tolias (2019), unless a strategy {@linkplain FlatOptimizer#reset resets} them.
 */
public final class PlainTraining implements AutoCloseable {
    private final TaskSequence sequence;
    private final Setup setup;
    private final OutputLayout outputs;
    private final RandomStreams streams;
    private final PlainNetwork network;
    private final FlatOptimizer optimizer;
    private final Lanes lanes;
    private final boolean goesOn;
    private final List<PlainNetwork> others = new ArrayList<>();
    private final OutputLoss loss;
    /** By an example's task, the outputs that compete for it while the present task is learned. */
    private final OutputRange[] competing;

    private int task;
    private double learningRateFactor = 1;

    PlainTraining(TaskSequence sequence, Setup setup, int rows, Lanes lanes) {
        this(sequence, setup, rows, lanes, false);
    }

    PlainTraining(TaskSequence sequence, Setup setup, int rows, Lanes lanes, boolean goesOn) {
        this.goesOn = goesOn;
        this.sequence = sequence;
        this.setup = setup;
        this.outputs = OutputLayout.of(sequence);
        this.streams = new RandomStreams(setup.seed());
        this.lanes = lanes;
        this.network = network(rows);
        this.optimizer = new FlatOptimizer(
                setup.training().optimizer(), setup.training().gradientClip(), network.parameters().length);
        this.competing = new OutputRange[sequence.tasks().size()];
        begin(0);
        this.loss = new OutputLoss(setup.training().loss(), outputs.count(), sequence.isRegression(), rows);
    }

    private PlainNetwork network(int rows) {
        return new PlainNetwork(
                new NetworkShape(sequence.shape(), setup.layers()),
                outputs.count(),
                streams.stream("initial-weights"),
                rows,
                lanes);
    }

    /** {@return the network that is trained} */
    public PlainNetwork network() {
        return network;
    }

    /**
     * A second network that begins as the first one did, for what that said before it went on learning. Its passes count
     * among those that training takes; it is closed with this training.
     *
     * @return a network to {@linkplain PlainNetwork#write write} to
     */
    public PlainNetwork secondNetwork() {
        PlainNetwork second = network(network.rows());
        others.add(second);
        return second;
    }

    /** {@return what moves its parameters} */
    public FlatOptimizer optimizer() {
        return optimizer;
    }

    /** {@return the rule behind {@link #optimizer}} */
    public Optimizer rule() {
        return setup.training().optimizer();
    }

    /** {@return what the norm of the gradient is scaled down to, above 0; infinity for no bound} */
    public double gradientClip() {
        return setup.training().gradientClip();
    }

    /** {@return what the learning rate of the present step is multiplied by, above 0} */
    public double learningRateFactor() {
        return learningRateFactor;
    }

    /** {@return which outputs are whose} */
    public OutputLayout outputs() {
        return outputs;
    }

    /** {@return what is known of the task at test time} */
    public Scenario scenario() {
        return sequence.scenario();
    }

    /** {@return whether numbers are predicted, and no classes told apart} */
    public boolean isRegression() {
        return sequence.isRegression();
    }

    /** {@return tasks of the sequence} */
    public int tasks() {
        return sequence.tasks().size();
    }

    /** {@return classes of the task that has the most} */
    public int mostClasses() {
        return sequence.tasks().stream()
                .mapToInt(each -> each.classes().size())
                .max()
                .orElseThrow();
    }

    /** {@return whether another run may learn more tasks after the last} */
    public boolean goesOn() {
        return goesOn;
    }

    /** {@return the task that is learned, from 0} */
    public int task() {
        return task;
    }

    /**
     * {@return random numbers that depend on the seed and this name alone}
     *
     * @param name of the stream
     */
    public RandomGenerator random(String name) {
        return streams.stream(name);
    }

    void begin(int index) {
        task = index;
        Arrays.setAll(competing, each -> outputs.learning(scenario() == Scenario.TASK ? each : index));
    }

    /** The share of the present step's examples that a loss was asked for and found right; NaN where of none. */
    double accuracy() {
        return loss.accuracy();
    }

    void beginStep(Progress progress) {
        loss.beginStep();
        learningRateFactor = setup.training().learningRateFactor().at(progress);
    }

    /**
     * The outputs that compete for an example while the present task is learned.
     *
     * @param exampleTask the example's task, from 0
     * @return in the task-incremental scenario those of its own task, else those of the present one
     */
    public OutputRange competing(int exampleTask) {
        return competing[exampleTask];
    }

    /**
     * Where the parameters of a task's outputs lie, which are its alone where each task has outputs of its own.
     *
     * @param exampleTask from 0
     * @return positions among the network's parameters, ascending: weights, then biases
     */
    public int[] outputParameters(int exampleTask) {
        OutputRange range = outputs.learning(exampleTask);
        ParameterBlock block = network.outputBlock();
        // a bias lies where the weights of one more input would
        return IntStream.rangeClosed(0, block.inputs())
                .flatMap(i -> IntStream.range(block.weight(i, range.from()), block.weight(i, range.to())))
                .toArray();
    }

    /**
     * Pushes a batch through the network, and begins its gradient at the logits with 0.
     *
     * @param batch examples
     * @return logits [size, outputs], row-major
     */
    public float[] forward(Batch batch) {
        return loss.begin(network.forward(batch), batch.size());
    }

    /**
     * The same with gates.
     *
     * @param batch examples
     * @param gates per hidden layer, what each unit is multiplied by
     * @return logits [size, outputs], row-major
     */
    public float[] forward(Batch batch, float[][] gates) {
        return loss.begin(network.forward(batch, gates), batch.size());
    }

    /**
     * Adds to what is made small the mean {@linkplain TrainingSettings#loss loss} of some rows of the batch that was
     * pushed through last, each counted by its {@linkplain TrainingSettings#classWeights class}; where numbers are predicted, the mean
     * {@link SquaredError}.
     *
     * @param batch that batch
     * @param from first row
     * @param to row after the last
     * @param weight of this mean
     * @return weight times the mean
     */
    public double loss(Batch batch, int from, int to, double weight) {
        return loss.of(batch, from, to, weight, competing);
    }

    /** Lets the loss of examples count from now on. */
    void weigh(LossWeights others) {
        loss.weigh(others);
    }

    /**
     * Adds to the loss the mean {@link Distillation} of some rows of the batch that was pushed
     * through last.
     *
     * @param teacher logits of the same batch [size, outputs], row-major
     * @param known the outputs that the teacher knows, the first of those that compete
     * @param to the output after the last that competes
     * @param rows of the batch, from the first on
     * @param temperature above 0
     * @param weight of this mean
     * @return weight times the mean
     */
    public double distillation(
            float[] teacher, OutputRange known, int to, int rows, double temperature, double weight) {
        Distillation distillation = new Distillation(temperature, known.from(), known.to(), to);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += distillation.ofRow(loss.said(), teacher, row * outputs.count(), weight / rows, loss.gradient());
        }
        return sum;
    }

    /**
     * {@return the gradient at the logits so far [rows, outputs], row-major; strategies with losses of their own add to
     * it}
     */
    public float[] logitGradient() {
        return loss.gradient();
    }

    /** Brings the gradient at the logits back to {@link PlainNetwork#gradient}. */
    public void backward() {
        network.backward(loss.gradient());
    }

    /**
     * The plain loss and its gradient: the mean over a batch.
     *
     * @param batch examples
     * @return the loss
     */
    public double loss(Batch batch) {
        return loss(batch, network.gradient());
    }

    /**
     * The same with the gradient in another array.
     *
     * @param batch examples
     * @param gradient overwritten, as the parameters lie
     * @return the loss
     */
    public double loss(Batch batch, float[] gradient) {
        forward(batch);
        double mean = loss(batch, 0, batch.size(), 1);
        network.backward(loss.gradient(), gradient);
        return mean;
    }

    /** Moves the network's parameters along its gradient. */
    public void move() {
        optimizer.beginStep(network.gradient(), learningRateFactor);
        network.move(optimizer);
    }

    /** Tells networks and the optimiser. */
    void state(State state) {
        network.state(state.part("network"));
        for (int i = 0; i < others.size(); i++) {
            others.get(i).state(state.part("network-" + (i + 2)));
        }
        optimizer.state(state.part("optimizer"), network.form());
    }

    /** The multiply-adds of all networks since this was last asked, against those of one that sees so many examples. */
    ImmutableList<LayerAccount> takeAccount(long examples) {
        ImmutableList<LayerAccount> accounts = network.takeAccount(examples);
        for (PlainNetwork other : others) {
            accounts = Streams.zip(accounts.stream(), other.takeAccount(0).stream(), LayerAccount::plus)
                    .collect(ImmutableList.toImmutableList());
        }
        return accounts;
    }

    @Override
    public void close() {
        others.forEach(PlainNetwork::close);
        network.close();
    }
}
