package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.function.Supplier;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.state.State;
import sluice.framework.result.InterimModel;

/** A plain network between two steps of a task, and the account of the task's work, in which asking has no part. */
final class InterimNetwork implements InterimModel {
    /** Of a layer: three of what was done, three of what a plain network would have done. */
    private static final int SUMS = 6;

    private final TaskLearner learner;
    private final PlainTraining training;
    private final int first;
    private final InterimModel asking;
    private ImmutableList<LayerAccount> done;
    private boolean ended;
    private boolean ready;

    /**
     * Begins the account of a task.
     *
     * @param first tasks of earlier runs, which are not counted when it is asked for one
     * @param asking what asks the network for a task, of all
     */
    InterimNetwork(TaskLearner learner, PlainTraining training, int first, InterimModel asking) {
        this.learner = learner;
        this.training = training;
        this.first = first;
        this.asking = asking;
        training.takeAccount(0);
        this.done = training.takeAccount(0);
    }

    @Override
    public boolean answers(int task) {
        return asking.answers(first + task)
                && (ended || learner.answersPresentTask() || first + task < training.task());
    }

    @Override
    public Answers ask(int task, int examples) {
        return asked(() -> asking.ask(first + task, examples));
    }

    @Override
    public float[][] features(int task, int examples) {
        return asked(() -> asking.features(first + task, examples));
    }

    <T> T asked(Supplier<T> question) {
        if (!ended) {
            add(training.takeAccount(0));
        }
        if (!ended && !ready) {
            learner.beforeInterimScores();
            ready = true;
        }
        T answer = question.get();
        if (!ended) {
            training.takeAccount(0);
        }
        return answer;
    }

    /** The network is another than it was when it was asked last. */
    void moved() {
        ready = false;
    }

    /** Ends the task: its account, against that of a plain network which sees so many examples. */
    ImmutableList<LayerAccount> end(long examples) {
        ended = true;
        add(training.takeAccount(examples));
        return done;
    }

    /** Tells the account so far. */
    void state(State state) {
        add(training.takeAccount(0));
        long[] counts = new long[SUMS * done.size()];
        for (int l = 0; l < done.size(); l++) {
            MultiplyAdds work = done.get(l).done();
            MultiplyAdds dense = done.get(l).dense();
            long[] sums = {
                work.forward(),
                work.inputGradient(),
                work.weightGradient(),
                dense.forward(),
                dense.inputGradient(),
                dense.weightGradient()
            };
            System.arraycopy(sums, 0, counts, SUMS * l, SUMS);
        }
        state.longs("account", counts);
        ImmutableList.Builder<LayerAccount> kept = ImmutableList.builder();
        for (int l = 0; l < done.size(); l++) {
            int at = SUMS * l;
            kept.add(new LayerAccount(
                    done.get(l).layer(),
                    new MultiplyAdds(counts[at], counts[at + 1], counts[at + 2]),
                    new MultiplyAdds(counts[at + 3], counts[at + 4], counts[at + 5])));
        }
        done = kept.build();
    }

    private void add(ImmutableList<LayerAccount> more) {
        done = Streams.zip(done.stream(), more.stream(), LayerAccount::plus).collect(ImmutableList.toImmutableList());
    }
}
