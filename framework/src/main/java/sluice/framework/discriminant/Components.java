package sluice.framework.discriminant;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * What a discriminant scores: the outputs, or in the domain scenario each class of each task, as what tasks look like may
 * differ. Numbered in the order in which tasks need them.
 *
 * @param ofTask by task, the component of each of its classes
 * @param outputOf by component, its output
 * @param places by component, the first task that has it, and which of its classes it is
 */
record Components(
        ImmutableList<ImmutableIntArray> ofTask,
        ImmutableIntArray outputOf,
        ImmutableList<TaskSubnetworks.Place> places) {
    static Components of(TaskSequence sequence, OutputLayout outputs) {
        ImmutableList.Builder<ImmutableIntArray> ofTask = ImmutableList.builder();
        ImmutableIntArray.Builder outputOf = ImmutableIntArray.builder();
        ImmutableList.Builder<TaskSubnetworks.Place> places = ImmutableList.builder();
        int count = 0;
        for (int t = 0; t < sequence.tasks().size(); t++) {
            ImmutableIntArray.Builder components = ImmutableIntArray.builder();
            for (int label = 0; label < sequence.tasks().get(t).classes().size(); label++) {
                int output = outputs.output(t, label);
                boolean known = sequence.scenario() != Scenario.DOMAIN && output < count;
                components.add(known ? output : count);
                if (!known) {
                    outputOf.add(output);
                    places.add(new TaskSubnetworks.Place(t, label));
                    count++;
                }
            }
            ofTask.add(components.build());
        }
        return new Components(ofTask.build(), outputOf.build(), places.build());
    }

    int count() {
        return outputOf.length();
    }

    int component(int task, int label) {
        return ofTask.get(task).get(label);
    }
}
