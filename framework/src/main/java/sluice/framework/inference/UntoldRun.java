package sluice.framework.inference;

import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.ToldRun;
import sluice.framework.internal.state.State;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A gated network while it is taught tasks that nobody tells at test: each example is asked of the subnetwork of the task that it is found to be of. */
final class UntoldRun implements SequenceRun, AutoCloseable {
    private final ToldRun told;
    private final GatedNetwork network;
    private final TaskSequence sequence;
    private final InferenceSettings inference;
    private final TaskFinder finder;
    private final OutputLayout layout;
    private final UntoldFigures figures = new UntoldFigures();

    /**
     * @param told the same tasks, told
     * @param network that is taught
     * @param sequence the tasks, of scenario domain or class
     * @param inference says how tasks are found
     */
    UntoldRun(ToldRun told, GatedNetwork network, TaskSequence sequence, InferenceSettings inference) {
        this.told = told;
        this.network = network;
        this.sequence = sequence;
        this.inference = inference;
        this.finder = new TaskFinder(inference, sequence, network.seed(), told.lanes());
        this.layout = OutputLayout.of(sequence);
        told.whenLearned(finder::learn);
    }

    private TaskChoice choice() {
        return inference.task().orElseThrow();
    }

    TaskFinder finder() {
        return finder;
    }

    @Override
    public void close() {
        finder.close();
    }

    UntoldFigures figures() {
        return figures;
    }

    @Override
    public int stretches() {
        return told.stretches();
    }

    @Override
    public TaskRun begin(int index) {
        return told.begin(index);
    }

    @Override
    public boolean endsBetweenSteps() {
        return told.endsBetweenSteps();
    }

    @Override
    public boolean keepsState() {
        return told.keepsState();
    }

    @Override
    public void state(State state, int stretch) {
        told.state(state, stretch);
        finder.state(state.part("inference"), stretch);
    }

    @Override
    public void beforeRow(int row) {
        told.beforeRow(row);
        figures.reset();
    }

    @Override
    public boolean measures(int row, int task) {
        return told.measures(row, task);
    }

    @Override
    public Tested test(int row, int index) {
        Task task = sequence.tasks().get(index);
        if (row == 0) {
            return Tested.of((int) IntStream.range(0, task.test().size())
                    .filter(i -> layout.output(index, task.test().label(i)) == 0)
                    .count());
        }
        if (choice() == TaskChoice.GIVEN && index >= row) {
            return told.test(row, index);
        }
        FoundTasks found = find(task.test(), row, index);
        TestAnswers answers = new FoundAnswers(layout, sequence, inference.threshold())
                .of(index, found, place -> place, subnetworks(row));
        int correct = (int) IntStream.range(0, task.test().size())
                .filter(i -> answers.answers()[i] == answers.actual(i))
                .count();
        if (index < row) {
            figures.add(
                    found, place -> place == index, answers, finding(row), place -> network.multiplyAdds(name(place)));
        }
        return Tested.of(correct, () -> answers);
    }

    private String name(int place) {
        return sequence.tasks().get(place).name();
    }

    private FoundTasks find(Examples examples, int learned, int index) {
        return switch (choice()) {
            case GIVEN -> FoundTasks.given(index, examples.size());
            case ENTROPY -> surety(learned).byEntropy(examples);
            case GRADIENT ->
                surety(learned).byGradient(examples, SuperposedSubnetworks.of(network, learned), told.lanes());
            case COMBINED -> surety(learned).combined(examples, finder.scores(examples), finder.find(examples));
            case AUTO, DENSITY, DISCRIMINANT -> finder.find(examples);
        };
    }

    /** Multiply-adds of finding the task of an example, without its own subnetwork, which answers. */
    private double finding(int learned) {
        if (choice() == TaskChoice.GRADIENT) {
            return SuperposedSubnetworks.of(network, learned).multiplyAdds();
        }
        if (choice() != TaskChoice.ENTROPY) {
            return finder.multiplyAdds();
        }
        double all = IntStream.range(0, learned)
                .mapToLong(place -> network.multiplyAdds(name(place)))
                .sum();
        return all - all / learned;
    }

    private SubnetworkSurety surety(int learned) {
        return new SubnetworkSurety(subnetworks(learned));
    }

    private Subnetworks subnetworks(int learned) {
        List<Integer> classes = sequence.tasks().subList(0, learned).stream()
                .map(task -> task.classes().size())
                .toList();
        return new Subnetworks(classes, (place, rows) -> network.logits(name(place), rows, told.lanes()));
    }
}
