package sluice.framework.network;

import java.util.Optional;
import sluice.framework.conditional.ExitAnswers;
import sluice.framework.conditional.ExitRule;
import sluice.framework.conditional.TaskExits;
import sluice.tasks.Examples;

/**
 * A task of a network that answers at exits what it can, and the rest with its subnetwork.
 *
 * @param network that has learned the task
 * @param task its name
 * @param exits before its subnetwork
 */
public record NetworkExits(GatedNetwork network, String task, TaskExits exits) {
    /**
     * {@return what answers before a task's subnetwork, if anything does}
     *
     * @param network that has learned the task
     * @param task its name
     * @throws sluice.tasks.InputException if no such task was learned
     */
    public static Optional<NetworkExits> of(GatedNetwork network, String task) {
        return network.parts().state(task).exits().map(exits -> new NetworkExits(network, task, exits));
    }

    /**
     * {@return per example the class by its position in {@link GatedNetwork#classes}, the exit, and what it took; the same for the
     * same examples, whatever is learned later, but for last bits in another batch}
     *
     * @param examples raw features; labels are not looked at
     * @param rule of these exits
     */
    public ExitAnswers answer(Examples examples, ExitRule rule) {
        network.parts().checkFeatures(examples);
        return exits.answer(examples, rule, subnetwork());
    }

    /** {@return what is beyond the last exit} */
    public TaskExits.Subnetwork subnetwork() {
        return subnetwork(network, task);
    }

    /**
     * {@return what a task's subnetwork says of examples, and what each of them takes, which differs where gaters look at them}
     *
     * @param network that has learned the task
     * @param task its name
     */
    public static TaskExits.Subnetwork subnetwork(GatedNetwork network, String task) {
        return examples -> network.shared().say(task, examples);
    }

    /** Original labels, within the budget that the task was learned with. */
    int[] labels(Examples examples) {
        int[] labels = answer(examples, exits.rule()).classes();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = network.classes(task).get(labels[i]);
        }
        return labels;
    }
}
