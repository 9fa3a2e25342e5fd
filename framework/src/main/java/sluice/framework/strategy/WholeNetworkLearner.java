package sluice.framework.strategy;

import java.util.Optional;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.WholeNetwork;

/** What answers with all of its network, whatever the task. */
interface WholeNetworkLearner extends TaskLearner {
    /** The network, and what moves it. */
    PlainTraining training();

    @Override
    default float[] scores(Batch batch, int task) {
        return training().forward(batch);
    }

    @Override
    default Optional<Answering> answering() {
        return Optional.of(new WholeNetwork());
    }
}
