package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.framework.inference.InferredModel;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.DomainOutputs;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;

/**
 * A gated network that finds the task of an example itself.
 *
 * @param model the model
 */
record InferredPredictor(InferredModel model) implements Predictor {
    private static final String UNKNOWN = "unknown";

    private ModelInputs inputs() {
        GatedNetwork network = model.network();
        Layer lowest = network.parts().layers().get(0);
        // tables of tasks whose columns have scales of their own cannot be read before the task is known
        boolean oneTable =
                network.tasks().stream().map(network::encoding).distinct().count() == 1;
        return ModelInputs.of(
                lowest.connection().input(lowest.below()),
                network.provenance(),
                oneTable ? network.encoding(network.tasks().get(0)) : Optional.empty());
    }

    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        return inputs().read(input, label);
    }

    @Override
    public ImmutableList<String> remarks() {
        ImmutableList.Builder<String> remarks = ImmutableList.builder();
        boolean permuted = inputs().settings().at("/split").has("permuted");
        if (permuted || inputs().settings().at("/split").has("rotated")) {
            remarks.add("tasks were learned from %s: give examples as their task has them"
                    .formatted(permuted ? "permuted features (split.permuted)" : "turned images (split.rotated)"));
        }
        if (answersPositions()) {
            List<String> names = positions();
            remarks.add("answers are positions in the classes of each task, as no two tasks share a class: "
                    + IntStream.range(0, names.size())
                            .mapToObj(output -> output + " is " + Printable.of(names.get(output)))
                            .collect(Collectors.joining(", ")));
        }
        return remarks.build();
    }

    private OutputLayout layout() {
        GatedNetwork network = model.network();
        return OutputLayout.of(
                Scenario.valueOf(model.provenance().getOrDefault("scenario", Scenario.CLASS.name())),
                network.tasks().stream()
                        .map(task -> ImmutableList.copyOf(network.classes(task)))
                        .collect(ImmutableList.toImmutableList()));
    }

    private ImmutableMap<Integer, String> names() {
        GatedNetwork network = model.network();
        ImmutableMap.Builder<Integer, String> names = ImmutableMap.builder();
        for (String task : network.tasks()) {
            for (int c = 0; c < network.classes(task).size(); c++) {
                names.put(network.classes(task).get(c), network.classNames(task).get(c));
            }
        }
        return names.buildKeepingLast();
    }

    private List<String> positions() {
        return DomainOutputs.names(layout(), names()::get);
    }

    @Override
    public boolean answersPositions() {
        return layout().meaning() == OutputMeaning.POSITION;
    }

    @Override
    public ImmutableList<String> classes() {
        return answersPositions()
                ? IntStream.range(0, layout().count())
                        .mapToObj(Integer::toString)
                        .collect(ImmutableList.toImmutableList())
                : layout().labels().stream().map(names()::get).collect(ImmutableList.toImmutableList());
    }

    /** Positions that classes share go by all of their names, as is said of them. */
    @Override
    public ImmutableMap<String, String> rightAnswers() {
        if (!answersPositions()) {
            return Predictor.super.rightAnswers();
        }
        ImmutableMap.Builder<String, String> answers = ImmutableMap.builder();
        List<String> names = positions();
        for (int position = 0; position < names.size(); position++) {
            for (String name : DomainOutputs.classes(names.get(position))) {
                answers.put(name, Integer.toString(position));
            }
        }
        return answers.buildKeepingLast();
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        OutputLayout layout = layout();
        List<String> classes = classes();
        List<String> tasks = model.network().tasks();
        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows.size());
        for (InferredModel.Answer answer : model.answers(rows)) {
            double[] probabilities = new double[classes.size()];
            for (int c = 0; c < answer.probabilities().length; c++) {
                probabilities[layout.output(answer.likeliest(), c)] = answer.probabilities()[c];
            }
            boolean unknown = answer.task() == InferredModel.UNKNOWN;
            answers.add(new Answer(
                    unknown ? UNKNOWN : classes.get(layout.output(answer.likeliest(), answer.label())),
                    answer.probabilities()[answer.label()],
                    ImmutableDoubleArray.copyOf(probabilities),
                    OptionalLong.empty(),
                    Optional.of(unknown ? UNKNOWN : tasks.get(answer.task()))));
        }
        return answers.build();
    }

    @Override
    public void close() {
        model.close();
    }
}
