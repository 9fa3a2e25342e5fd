package sluice.framework.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.result.ValidationScore;

/** Keeps what held-out numbers lose after each pass of each task. */
final class HeldOutLosses implements TrainingListener {
    private final List<List<Double>> byTask = new ArrayList<>();

    @Override
    public void taskStarted(String task, int position, long steps) {
        byTask.add(new ArrayList<>());
    }

    @Override
    public void validated(int pass, ValidationScore score) {
        assertThat(score.accuracy()).isEmpty();
        byTask.get(byTask.size() - 1).add(score.loss());
    }

    /** Of each task the pass that lost least is kept, and not always the last one. */
    void checkKept(TrainingResult result) {
        boolean earlier = false;
        for (int t = 0; t < byTask.size(); t++) {
            List<Double> losses = byTask.get(t);
            ChosenPass chosen = result.tasks().get(t).chosen().orElseThrow();
            assertThat(chosen.score().loss()).isEqualTo(Collections.min(losses));
            assertThat(chosen.pass()).isEqualTo(losses.indexOf(Collections.min(losses)) + 1);
            assertThat(chosen.trained()).isEqualTo(losses.size());
            earlier |= chosen.pass() < chosen.trained();
        }
        assertThat(earlier).isTrue();
    }
}
