package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.LayerCapacity;

/**
 * What learning one task took.
 *
 * @param task its name
 * @param openUnits units of its subnetwork per hidden layer
 * @param steps training steps
 * @param seconds training loop, without evaluation
 * @param account multiply-adds of training, done and dense, per layer from the lowest to the head
 * @param digest SHA-256 (hex) of all that the task froze
 * @param hardening what making the gates binary did; empty where they were binary all along
 * @param unchanged logits of earlier tasks that were computed again and found bit for bit the same
 * @param grown units that were added to each hidden layer before the task; empty where none were
 * @param capacity what the task took of each hidden layer; empty where units are not the tasks'
 * @param chosen which pass over its examples was kept; empty where none were held out to say so
 */
public record TaskSummary(
        String task,
        ImmutableList<Integer> openUnits,
        long steps,
        double seconds,
        ImmutableList<LayerAccount> account,
        String digest,
        Optional<Binarisation> hardening,
        long unchanged,
        ImmutableList<Integer> grown,
        ImmutableList<LayerCapacity> capacity,
        Optional<ChosenPass> chosen) {
    /**
     * What a task took that froze nothing, in a network in which it shares all units with the others.
     *
     * @param task its name
     * @param openUnits units per hidden layer
     * @param steps training steps
     * @param seconds training loop, without evaluation
     * @param account multiply-adds of training
     * @return the summary
     */
    public static TaskSummary of(
            String task,
            ImmutableList<Integer> openUnits,
            long steps,
            double seconds,
            ImmutableList<LayerAccount> account) {
        return new TaskSummary(
                task,
                openUnits,
                steps,
                seconds,
                account,
                "",
                Optional.empty(),
                0,
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty());
    }

    /**
     * {@return the same with this proof of retention}
     *
     * @param frozen SHA-256 (hex) of all that the task froze
     * @param logits of earlier tasks that were computed again and found bit for bit the same
     */
    public TaskSummary proven(String frozen, long logits) {
        return new TaskSummary(
                task, openUnits, steps, seconds, account, frozen, hardening, logits, grown, capacity, chosen);
    }

    /**
     * {@return the same with this choice}
     *
     * @param pass which was kept
     * @param trained steps of all passes that were trained
     */
    public TaskSummary chosen(ChosenPass pass, long trained) {
        return new TaskSummary(
                task,
                openUnits,
                trained,
                seconds,
                account,
                digest,
                hardening,
                unchanged,
                grown,
                capacity,
                Optional.of(pass));
    }

    /**
     * {@return the same of a task that was ended early}
     *
     * @param trained steps
     */
    public TaskSummary after(long trained) {
        return new TaskSummary(
                task, openUnits, trained, seconds, account, digest, hardening, unchanged, grown, capacity, chosen);
    }

    /**
     * {@return share of the task's open units, of all hidden layers together, that earlier tasks use, in [0, 1]; 0
     * where none is open}
     */
    public double reuse() {
        int open = capacity.stream().mapToInt(LayerCapacity::openUnits).sum();
        int reused = capacity.stream().mapToInt(LayerCapacity::reusedUnits).sum();
        return open == 0 ? 0 : (double) reused / open;
    }

    /** {@return multiply-adds done by the matrix multiplies of training} */
    public long multiplyAdds() {
        return account.stream().mapToLong(layer -> layer.done().total()).sum();
    }

    /** {@return what a dense network of the same widths would have done} */
    public long denseMultiplyAdds() {
        return account.stream().mapToLong(layer -> layer.dense().total()).sum();
    }
}
