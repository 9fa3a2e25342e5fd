package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * A trained network with exits: answers examples, each with as much of the network as it needs, and can be asked to spend no
 * more than so much on average. Made by an {@link ExitTrainer}; immutable, and may be asked by several threads at once.
 */
public final class ExitModel {
    /** Rows at a time. */
    static final int ROWS = 256;

    private final ExitShape shape;
    private final Heads heads;
    private final ImmutableSortedMap<Long, ExitRule> rules;
    private final Data data;
    /** Of each part, once somebody asks; shared by all that do. */
    private final ImmutableList<Supplier<CompiledPart.Maps>> maps;

    /** Room for answers, of one example and of many, that nobody uses at the moment: making it would take longer than an answer. */
    private final Queue<ExitPass> ofOne = new ConcurrentLinkedQueue<>();

    private final Queue<ExitPass> ofMany = new ConcurrentLinkedQueue<>();

    /**
     * What answers.
     *
     * @param parameters of each part the affine maps, lowest first, the head last
     * @param trusts per part, what the heads below it weigh in its answer
     * @param confidence how sure an exit is
     */
    record Heads(
            ImmutableList<ImmutableList<float[]>> parameters, ImmutableList<Double> trusts, Confidence confidence) {}

    /**
     * What it learned from.
     *
     * @param normalisation of features
     * @param classNames what the data calls the classes, in the order of outputs
     * @param provenance where it comes from
     */
    record Data(Normalisation normalisation, ImmutableList<String> classNames, Map<String, String> provenance) {}

    /**
     * Keeps the arrays, not copies of them.
     *
     * @param rules by mean multiply-adds that they take on held-out examples, rounded up
     */
    ExitModel(ExitShape shape, Heads heads, ImmutableSortedMap<Long, ExitRule> rules, Data data) {
        this.shape = shape;
        this.heads = heads;
        this.rules = rules;
        this.data = data;
        this.maps = IntStream.range(0, shape.exits())
                .mapToObj(part -> Suppliers.memoize(() ->
                        CompiledPart.Maps.of(shape, part, heads.parameters().get(part))))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return the model}
     *
     * @param file a model that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is no such file, it is damaged, or the model of another kind
     */
    public static ExitModel load(Path file) {
        return ExitModelFile.read(file);
    }

    /**
     * Saves the model; equal models give equal bytes.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    public void save(Path file) {
        ExitModelFile.write(this, file);
    }

    /**
     * {@return the same model with a note}
     *
     * @param key what the value says
     * @param value where the model comes from
     */
    public ExitModel annotated(String key, String value) {
        Map<String, String> notes = new TreeMap<>(data.provenance());
        notes.put(key, value);
        return new ExitModel(
                shape,
                heads,
                rules,
                new Data(data.normalisation(), data.classNames(), ImmutableSortedMap.copyOf(notes)));
    }

    /** {@return its form} */
    public ExitShape shape() {
        return shape;
    }

    /**
     * {@return the rule that spends the most of those that spend no more than that on average}
     *
     * @param budget multiply-adds per example, as they were on held-out examples
     * @throws IllegalArgumentException if it is below the cost of the first exit
     */
    public ExitRule within(long budget) {
        boolean reached = budget >= shape.multiplyAdds(0);
        boolean varies = shape.isGated() || hasNeurons();
        // gaters may have a little more open on average than they are asked for, and neurons are counted
        Long fitting = reached && varies && budget < rules.firstKey() ? rules.firstKey() : rules.floorKey(budget);
        checkArgument(
                reached && fitting != null,
                "a budget of %s multiply-adds is below the %s that every example takes to the first exit",
                budget,
                shape.multiplyAdds(0));
        return rules.get(fitting);
    }

    /** {@return the rule by which no example stops before the end of the network} */
    public ExitRule noRule() {
        return ExitRule.none(shape);
    }

    /** {@return the rules, by the mean multiply-adds that they took on held-out examples} */
    public ImmutableSortedMap<Long, ExitRule> rules() {
        return rules;
    }

    /**
     * {@return what it answers; examples that stop are taken out of the batch, so that what is above is not computed for them}
     *
     * @param examples raw features, as those of the task; labels are not looked at
     * @param rule when examples stop
     */
    public ExitAnswers answer(Examples examples, ExitRule rule) {
        checkArgument(
                examples.features() == shape.features(),
                "the network has %s inputs, got %s",
                shape.features(),
                examples.features());
        checkArgument(
                rule.thresholds().size() == shape.exits() - 1,
                "the network has %s exits, the rule is for %s",
                shape.exits(),
                rule.thresholds().size() + 1);
        Queue<ExitPass> idle = examples.size() == 1 ? ofOne : ofMany;
        ExitPass pass = idle.poll();
        if (pass == null) {
            pass = pass(examples.size() == 1 ? 1 : ROWS);
        }
        ExitAnswers answers = pass.answer(examples, rule);
        idle.add(pass);
        return answers;
    }

    /** The same, without keeping room for many answers. */
    ExitAnswers answerOnce(Examples examples, ExitRule rule) {
        if (examples.size() == 1) {
            return answer(examples, rule);
        }
        try (ExitPass pass = pass(Math.max(1, Math.min(examples.size(), ROWS)))) {
            return pass.answer(examples, rule);
        }
    }

    /** Room for so many rows at a time. */
    ExitPass pass(int rows) {
        return pass(rows, shape.exits());
    }

    /**
     * The same of the lowest parts alone.
     *
     * @param count of parts
     */
    ExitPass pass(int rows, int count) {
        List<CompiledPart> parts = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            parts.add(new CompiledPart(maps.get(p).get(), shape.parts().get(p).layers(), shape.pooling(p), rows));
        }
        return new ExitPass(shape, ImmutableList.copyOf(parts), heads, data.normalisation(), rows);
    }

    /**
     * {@return per part, what the heads below it weigh in its answer, in [0, 1): answers are mixed as logarithms of
     * probabilities}
     */
    public ImmutableList<Double> trusts() {
        return heads.trusts();
    }

    /** {@return what the data calls the classes, in the order of outputs} */
    public ImmutableList<String> classNames() {
        return data.classNames();
    }

    /** {@return notes on where it comes from, by what they say} */
    public Map<String, String> provenance() {
        return data.provenance();
    }

    /** How sure an exit is. */
    Confidence confidence() {
        return heads.confidence();
    }

    /** {@return whether neurons decide at exits, and not the difference of the two largest probabilities} */
    public boolean hasNeurons() {
        return !confidence().neurons().isEmpty();
    }

    /** Affine maps of each part. */
    ImmutableList<ImmutableList<float[]>> parameters() {
        return heads.parameters();
    }

    Normalisation normalisation() {
        return data.normalisation();
    }
}
