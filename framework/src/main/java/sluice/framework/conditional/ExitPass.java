package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** Examples on their way through the parts of a network: those that go on move up to the front of the next part's rows. */
final class ExitPass implements AutoCloseable {
    private final ExitShape shape;
    private final ImmutableList<CompiledPart> parts;
    private final ImmutableList<ExitShape.Part> forms;
    private final Normalisation normalisation;
    private final int rows;
    private final Lane lane;
    /** Per row the example's position. */
    private final int[] places;
    /** Per row that of {@link #features} that holds the example's features. */
    private final int[] origins;

    /** Normalised features. */
    private final float[][] features;

    private final ImmutableList<Pooling> poolings;
    private final float[] logits;
    /** Per row the multiply-adds that it took so far. */
    private final long[] spent;

    /** Per row what the heads below said together: logarithms of probabilities. */
    private final float[][] said;

    private final ImmutableList<Double> trusts;
    private final Confidence confidence;
    private final float[] scratch;

    /**
     * @param heads what they listen to, and how sure they are
     */
    ExitPass(
            ExitShape shape,
            ImmutableList<CompiledPart> parts,
            ExitModel.Heads heads,
            Normalisation normalisation,
            int rows) {
        this.shape = shape;
        this.parts = parts;
        this.forms = shape.parts();
        this.normalisation = normalisation;
        this.rows = rows;
        this.trusts = heads.trusts();
        this.confidence = heads.confidence();
        this.lane = new Lane();
        this.said = new float[rows][shape.classes()];
        this.places = new int[rows];
        this.origins = new int[rows];
        this.spent = new long[rows];
        this.features = new float[rows][shape.features()];
        this.poolings =
                forms.stream().map(form -> form.pooling(shape.input())).collect(ImmutableList.toImmutableList());
        this.logits = new float[shape.classes()];
        int widest = Math.max(
                shape.features(),
                forms.stream().mapToInt(ExitShape.Part::top).max().orElseThrow());
        this.scratch = new float[widest];
    }

    /** Told of the head of a part that was computed. */
    interface Heads {
        /**
         * @param example its position
         * @param part from 0
         * @param logits what it says together with those below, up to a constant; to be read at once
         * @param multiplyAdds that the example has taken
         * @return whether the example goes on
         */
        boolean answered(int example, int part, float[] logits, long multiplyAdds);

        /**
         * Told of a part before its answer.
         *
         * @param compiled the part, as it was computed
         * @param row of the example there
         */
        default void computed(int example, int part, CompiledPart compiled, int row) {}
    }

    ExitAnswers answer(Examples examples, ExitRule rule) {
        int classes = shape.classes();
        ExitAnswers answers = new ExitAnswers(
                new int[examples.size()],
                new int[examples.size()],
                new float[examples.size() * classes],
                new long[examples.size()]);
        run(examples, (example, part, head, multiplyAdds) -> {
            if (rule.goesOn(part, confidence.of(part, head))) {
                return true;
            }
            System.arraycopy(head, 0, answers.probabilities(), example * classes, classes);
            answers.classes()[example] = Margins.largest(head);
            answers.exits()[example] = part;
            answers.multiplyAdds()[example] = multiplyAdds;
            return false;
        });
        return answers;
    }

    /** Takes all examples through the network, as far as they go. */
    void run(Examples examples, Heads heads) {
        for (int first = 0; first < examples.size(); first += rows) {
            int count = Math.min(rows, examples.size() - first);
            for (int r = 0; r < count; r++) {
                places[r] = first + r;
                origins[r] = r;
                spent[r] = 0;
                read(examples, first + r, features[r]);
                feed(0, r);
            }
            through(count, heads);
        }
    }

    private void read(Examples examples, int example, float[] into) {
        examples.read(example, into);
        for (int i = 0; i < into.length; i++) {
            into[i] = (into[i] - normalisation.shift()) * normalisation.scale();
        }
    }

    /** What a part sees of the features of a row's example; returns how much that is. */
    private int feed(int part, int row) {
        if (!forms.get(part).seesInput()) {
            return 0;
        }
        Pooling pooling = poolings.get(part);
        pooling.apply(features[origins[row]], scratch);
        parts.get(part).inputs().put(row, 0, scratch, 0, pooling.features());
        return pooling.features();
    }

    /** Lets rows stop, and the others on, in order. */
    private void through(int begun, Heads heads) {
        int count = begun;
        for (int p = 0; p < parts.size() && count > 0; p++) {
            CompiledPart part = parts.get(p);
            part.forward(lane, count);
            int going = 0;
            for (int r = 0; r < count; r++) {
                heads.computed(places[r], p, part, r);
                part.logits().get(r, 0, logits, 0, logits.length);
                blend(p, r, going);
                long taken = spent[r] + part.multiplyAdds(r) + confidence.multiplyAdds(p, shape.classes());
                if (heads.answered(places[r], p, logits, taken) && p < parts.size() - 1) {
                    places[going] = places[r];
                    origins[going] = origins[r];
                    spent[going] = taken;
                    carry(p, r, going++);
                }
            }
            count = going;
        }
    }

    /** Mixes what a head says with what those below said, and keeps that for the next. */
    private void blend(int part, int row, int to) {
        Margins.logSoftmax(logits);
        if (part > 0) {
            Margins.mix(logits, said[row], trusts.get(part));
        }
        System.arraycopy(logits, 0, said[to], 0, logits.length);
    }

    /** To the next part, which may see the features of the example. */
    private void carry(int part, int row, int to) {
        NativeMatrix next = parts.get(part + 1).inputs();
        int seen = feed(part + 1, to);
        int top = forms.get(part + 1).below();
        parts.get(part).top().get(row, 0, scratch, 0, top);
        next.put(to, seen, scratch, 0, top);
    }

    /** What a part sees of examples that all reach it; nothing is computed that it does not see. */
    CompiledPart fed(int part, Examples examples, int[] order, int from, int count) {
        int lowest = shape.lowestFor(part);
        for (int r = 0; r < count; r++) {
            origins[r] = r;
            read(examples, order[from + r], features[r]);
            feed(lowest, r);
        }
        for (int p = lowest; p < part; p++) {
            parts.get(p).forwardToTop(lane, count);
            for (int r = 0; r < count; r++) {
                carry(p, r, r);
            }
        }
        return parts.get(part);
    }

    @Override
    public void close() {
        parts.forEach(CompiledPart::close);
    }
}
