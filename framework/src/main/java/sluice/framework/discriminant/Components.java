package sluice.framework.discriminant;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.framework.sequence.TaughtTasks;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;

/**
 * What a discriminant scores: the outputs, or in the domain scenario each class of each task, as what tasks look like may
 * differ. Numbered in the order in which tasks need them. Tasks of one domain share theirs.
 *
 * @param outputs of all domains; in scenario class every task is one
 * @param domainOf by task, its place among domains
 * @param inDomain by task, the place of each of its classes among those of its domain
 * @param ofTask by task, the component of each of its classes
 * @param outputOf by component, its output
 * @param places by component, the first task that has it, and which of its classes it is
 */
record Components(
        OutputLayout outputs,
        ImmutableIntArray domainOf,
        ImmutableList<ImmutableIntArray> inDomain,
        ImmutableList<ImmutableIntArray> ofTask,
        ImmutableIntArray outputOf,
        ImmutableList<TaskSubnetworks.Place> places) {
    static Components of(TaughtTasks taught) {
        Map<String, Set<Integer>> domains = new LinkedHashMap<>();
        taught.tasks()
                .forEach(task -> domains.computeIfAbsent(task.domain(), none -> new LinkedHashSet<>())
                        .addAll(task.classes()));
        ImmutableList<String> names = ImmutableList.copyOf(domains.keySet());
        ImmutableList<ImmutableList<Integer>> classes =
                domains.values().stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
        OutputLayout outputs = OutputLayout.of(taught.scenario(), classes);
        ImmutableIntArray.Builder domainOf = ImmutableIntArray.builder();
        ImmutableList.Builder<ImmutableIntArray> inDomain = ImmutableList.builder();
        ImmutableList.Builder<ImmutableIntArray> ofTask = ImmutableList.builder();
        ImmutableIntArray.Builder outputOf = ImmutableIntArray.builder();
        List<TaskSubnetworks.Place> places = new ArrayList<>();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        for (int t = 0; t < taught.tasks().size(); t++) {
            TaughtTasks.Taught task = taught.tasks().get(t);
            int domain = names.indexOf(task.domain());
            ImmutableIntArray.Builder within = ImmutableIntArray.builder();
            ImmutableIntArray.Builder components = ImmutableIntArray.builder();
            for (int label = 0; label < task.classes().size(); label++) {
                int place = classes.get(domain).indexOf(task.classes().get(label));
                int output = outputs.output(domain, place);
                List<Integer> scored = taught.scenario() == Scenario.DOMAIN ? List.of(domain, place) : List.of(output);
                if (!numbers.containsKey(scored)) {
                    numbers.put(scored, numbers.size());
                    outputOf.add(output);
                    places.add(new TaskSubnetworks.Place(t, label));
                }
                within.add(place);
                components.add(numbers.get(scored));
            }
            domainOf.add(domain);
            inDomain.add(within.build());
            ofTask.add(components.build());
        }
        return new Components(
                outputs,
                domainOf.build(),
                inDomain.build(),
                ofTask.build(),
                outputOf.build(),
                ImmutableList.copyOf(places));
    }

    int count() {
        return outputOf.length();
    }

    int component(int task, int label) {
        return ofTask.get(task).get(label);
    }

    /** The output of a task's class. */
    int output(int task, int label) {
        return outputs.output(domainOf.get(task), inDomain.get(task).get(label));
    }

    /** What an answer means to whoever asked of an example of a task: an original label. */
    int label(int task, int output) {
        return outputs.label(domainOf.get(task), output);
    }
}
