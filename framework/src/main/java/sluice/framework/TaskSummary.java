package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

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
 */
public record TaskSummary(
        String task,
        ImmutableList<Integer> openUnits,
        long steps,
        double seconds,
        ImmutableList<LayerAccount> account,
        String digest,
        Optional<Hardening> hardening,
        long unchanged) {
    /**
     * @return multiply-adds done by the matrix multiplies of training
     */
    public long multiplyAdds() {
        return account.stream().mapToLong(layer -> layer.done().total()).sum();
    }

    /**
     * @return what a dense network of the same widths would have done
     */
    public long denseMultiplyAdds() {
        return account.stream().mapToLong(layer -> layer.dense().total()).sum();
    }
}
