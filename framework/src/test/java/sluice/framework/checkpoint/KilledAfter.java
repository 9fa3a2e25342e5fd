package sluice.framework.checkpoint;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Takes one checkpoint after so many steps of all tasks, and then has had enough. */
final class KilledAfter implements Checkpoints {
    private final int steps;
    private int asked;
    private Checkpoint taken;

    KilledAfter(int steps) {
        this.steps = steps;
    }

    Checkpoint taken() {
        return taken;
    }

    @Override
    public Optional<Checkpoint> start() {
        return Optional.empty();
    }

    @Override
    public boolean due() {
        return ++asked == steps;
    }

    @Override
    public void take(Checkpoint checkpoint) {
        taken = checkpoint;
        throw new CancellationException("killed");
    }
}
