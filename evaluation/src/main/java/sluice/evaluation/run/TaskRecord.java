package sluice.evaluation.run;

import static sluice.evaluation.run.Cells.listOrNone;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What learning one task took, as {@code run.json} holds it.
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
 * @param validation which pass over its examples was kept; empty where none were held out to say so
 */
public record TaskRecord(
        String task,
        List<Integer> openUnits,
        long steps,
        double seconds,
        List<Account> account,
        String digest,
        Optional<Hardening> hardening,
        long unchanged,
        List<Integer> grown,
        List<Layer> capacity,
        Optional<Validation> validation) {
    /** What a record lacks is none. */
    public TaskRecord {
        task = task == null ? "" : task;
        openUnits = listOrNone(openUnits);
        account = listOrNone(account);
        digest = digest == null ? "" : digest;
        hardening = hardening == null ? Optional.empty() : hardening;
        grown = listOrNone(grown);
        capacity = listOrNone(capacity);
        validation = validation == null ? Optional.empty() : validation;
    }

    /**
     * Multiply-adds of one layer.
     *
     * @param layer {@code layer_1}, ... from the lowest on, {@code head} at last
     * @param done by training
     * @param dense what a dense network of the same widths would have done
     */
    public record Account(String layer, MultiplyAdds done, MultiplyAdds dense) {}

    /**
     * Multiply-adds of one layer's matrix multiplies.
     *
     * @param forward of the layer's output
     * @param inputGradient of the gradient at its input
     * @param weightGradient of the gradient of its weights
     */
    public record MultiplyAdds(long forward, long inputGradient, long weightGradient) {}

    /**
     * What making relaxed gates binary did to the task.
     *
     * @param relaxedAccuracy before, in [0, 1]
     * @param binaryAccuracy after, in [0, 1]
     */
    public record Hardening(double relaxedAccuracy, double binaryAccuracy) {}

    /**
     * Which pass over the task's training examples was kept, as examples that were held out of them chose.
     *
     * @param pass that was kept, from 1
     * @param trained passes that were trained
     * @param most passes that would have been trained at the most
     * @param correct held-out examples answered right after the pass that was kept; empty where numbers are predicted
     * @param examples held out
     * @param loss of held-out examples after that pass, mean: cross-entropy in nats; where numbers are predicted, the squared error in
     *     parts of the variance of the targets that the scale is of
     */
    public record Validation(int pass, int trained, int most, OptionalInt correct, int examples, double loss) {
        /** A record that lacks right answers is of numbers. */
        public Validation {
            correct = correct == null ? OptionalInt.empty() : correct;
        }

        /** {@return share of the held-out examples answered right, in [0, 1]; empty where numbers are predicted} */
        public OptionalDouble accuracy() {
            return correct.isPresent()
                    ? OptionalDouble.of((double) correct.getAsInt() / examples)
                    : OptionalDouble.empty();
        }
    }

    /**
     * What the task took of one hidden layer.
     *
     * @param layer {@code layer_1}, ... from the lowest on
     * @param units of the layer when the task was consolidated
     * @param openUnits units that the task uses: new and reused ones
     * @param newUnits those that no earlier task uses
     * @param reusedUnits those that an earlier task uses, so that they are frozen
     * @param freeUnits units that neither the task nor an earlier one uses
     * @param undecidedGates gates whose open probability was between 0.05 and 0.95
     * @param probabilities gates by open probability: how many in [0, 0.1), [0.1, 0.2), ..., [0.9, 1]; empty if unknown
     * @param budget how the budget was kept; empty where there was none
     */
    public record Layer(
            String layer,
            int units,
            int openUnits,
            int newUnits,
            int reusedUnits,
            int freeUnits,
            int undecidedGates,
            List<Integer> probabilities,
            Optional<Budget> budget) {
        /** What a record lacks is none. */
        public Layer {
            layer = layer == null ? "" : layer;
            probabilities = listOrNone(probabilities);
            budget = budget == null ? Optional.empty() : budget;
        }

        /** {@return share of the open units that are frozen, in [0, 1]; 0 where none is open} */
        public double reuse() {
            return openUnits == 0 ? 0 : (double) reusedUnits / openUnits;
        }
    }

    /**
     * How closely a task kept to the budget of one layer.
     *
     * @param share of the layer's units that the task may have open
     * @param limit the same in units: never exceeded
     * @param expectedShare mean open probability of the layer's gates at the last step, in [0, 1]
     * @param wantedUnits units that the gates alone would have opened
     * @param multiplier of the constraint at the last step, at least 0
     */
    public record Budget(double share, int limit, double expectedShare, int wantedUnits, double multiplier) {}
}
