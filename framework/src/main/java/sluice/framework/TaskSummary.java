package sluice.framework;

import com.google.common.collect.ImmutableList;

/**
 * What learning one task took.
 *
 * @param task its name
 * @param openUnits units of its subnetwork per hidden layer
 * @param steps training steps
 * @param seconds training loop, without evaluation
 * @param multiplyAdds done by the matrix multiplies of training
 * @param denseMultiplyAdds what a dense network of the same widths would have done
 * @param digest SHA-256 (hex) of all that the task froze
 * @param unchanged logits of earlier tasks that were computed again and found bit for bit the same
 */
public record TaskSummary(
        String task,
        ImmutableList<Integer> openUnits,
        long steps,
        double seconds,
        long multiplyAdds,
        long denseMultiplyAdds,
        String digest,
        long unchanged) {}
