package sluice.framework.result;

import java.util.Optional;

/**
 * Asked between steps whether a training goes on, on the training thread: a way to end it that says what becomes of the task. Gated
 * networks and strategies that train a plain network ask it. Discriminants, networks with exits, binary units and generators do not:
 * those are ended by a {@link java.util.concurrent.CancellationException} of the listener.
 *
 * <p>An answer that another thread sets:
 *
 * <pre>{@code
 * AtomicReference<TrainingControl.Next> wish = new AtomicReference<>(TrainingControl.Next.CONTINUE);
 * TrainingControl control = (task, steps) -> wish.get();
 * ContinualResult learned = trainer.train(network, tasks, control.with(progress));
 * }</pre>
 */
@FunctionalInterface
public interface TrainingControl {
    /** How a training goes on after a step. */
    enum Next {
        /** With the next step. */
        CONTINUE,

        /**
         * It ends: the task is consolidated as it is, as if it had been so many steps long, and evaluated. Where examples are held
         * out, the pass that is cut short is judged like the others, and the best is kept. Of a task without a step there is nothing to
         * consolidate: it is as if it had not begun.
         */
        CONSOLIDATE,

        /** It ends: the model is what it was before the task, bit for bit. */
        ROLL_BACK
    }

    /**
     * Says how it goes on. Asked before the first step of each task, where whatever is not {@link Next#CONTINUE} ends the training before
     * the task, and after each step, also the last. Called often: do little.
     *
     * @param task its name; of the last where several are learned at once
     * @param steps of the task that are done, from 0
     * @return how it goes on
     */
    Next next(String task, long steps);

    /**
     * {@return a listener that is told what another is told, and has this control}
     *
     * @param listener who is told
     */
    default TrainingListener with(TrainingListener listener) {
        return new ForwardingListener(listener) {
            @Override
            public Optional<TrainingControl> control() {
                return Optional.of(TrainingControl.this);
            }
        };
    }
}
