package sluice.framework.experiment;

import com.google.common.base.Ascii;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.script.ExperimentScript;
import sluice.framework.strategy.EarlierTasks;
import sluice.framework.strategy.PriorRun;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.ClusterCountException;
import sluice.tasks.csv.CsvLoading;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.Folder;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.DataSets;
import sluice.tasks.source.DrawnDigits;
import sluice.tasks.source.ImageDataSources;
import sluice.tasks.source.UserEnvironment;

/** Data that a script names, and the tasks that it makes of it. */
record ScriptData(ExperimentScript script) implements RunData {
    @Override
    public Loaded load(DataPlace place) {
        DataSettings data = script.tasks().data();
        Loaded loaded = load(
                script.tasks(), place, script.prior().map(PriorRun::encodings).orElse(KnownEncodings.NONE));
        if (data.set().equals(ImageDataSources.IDX.name()) && loaded instanceof Loaded.OneSet set) {
            misfit(data.scaling(), set.dataSet().train()).ifPresent(why -> {
                throw script.tasks().error("data.normalisation", why);
            });
        }
        return loaded;
    }

    /** What is scaled as pixels 0 to 255 must be some: files may hold numbers of any type. */
    private static Optional<String> misfit(DataSettings.Scaling scaling, Examples examples) {
        if (scaling == DataSettings.Scaling.NONE) {
            return Optional.empty();
        }
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        boolean whole = true;
        float[] row = new float[examples.features()];
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, row);
            for (float value : row) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
                whole &= value == Math.rint(value);
            }
        }
        boolean isPixels = least >= 0 && largest <= 255 && (whole || largest > 1);
        return isPixels
                ? Optional.empty()
                : Optional.of(
                        "is %s, which is for pixels 0 to 255, and values go from %s to %s: write normalisation: none, which takes them as they are"
                                .formatted(Ascii.toLowerCase(scaling.name()), text(least), text(largest)));
    }

    private static String text(float value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value);
    }

    /** What a script's section {@code data} names. */
    static Loaded load(TaskSequenceScript script, DataPlace place) {
        return load(script, place, KnownEncodings.NONE);
    }

    /** The same for a model that has learned. */
    static Loaded load(TaskSequenceScript script, DataPlace place, KnownEncodings known) {
        if (script.data().source() instanceof DataSettings.Tables tables) {
            try {
                return CsvLoading.load(tables.data(), known);
            } catch (ClusterCountException tooMany) {
                throw script.error("data.clusters", tooMany.getMessage());
            }
        }
        return Loaded.OneSet.of(dataSet(script.data(), place));
    }

    private static DataSet dataSet(DataSettings data, DataPlace place) {
        if (data.source() instanceof DataSettings.Images images) {
            return images.data().load();
        }
        if (data.source() instanceof DataSettings.Drawing drawing) {
            return new DrawnDigits(drawing.trainSize(), drawing.testSize(), drawing.seed()).load(place);
        }
        return data.source() instanceof DataSettings.Files files
                        && !files.named().isEmpty()
                ? ImageDataSources.IDX.load(placeOf(data, place), files.named())
                : DataSets.load(data.set(), placeOf(data, place));
    }

    /** A folder that the script names is the one, whatever the environment says; an option beside it is one too many. */
    private static DataPlace placeOf(DataSettings data, DataPlace place) {
        if (!(data.folder() instanceof Folder.Named named)) {
            return place;
        }
        if (place instanceof DataPlace.Given given && !given.origin().equals(UserEnvironment.DATA_VARIABLE)) {
            throw new InputException(
                    "%s %s: the script names data.folder %s itself: leave the option out, or replace that with --set data.folder=%2$s"
                            .formatted(given.origin(), given.folder(), named.path()));
        }
        return new DataPlace.Given(named.path(), "data.folder");
    }

    @Override
    public TaskSequence tasks(Loaded loaded) {
        TaskSequence sequence = script.sequence(loaded);
        return script.learning() instanceof ExperimentScript.Learning.ByStrategy chosen
                ? chosen.strategy()
                        .apply(sequence.tasks().size())
                        .inScenario(sequence.scenario())
                        .next(sequence, chosen.setup())
                : sequence;
    }

    @Override
    public boolean goesOn() {
        return script.prior().isPresent();
    }

    @Override
    public Optional<EarlierTasks> earlier(DataPlace place, Loaded loaded) {
        return script.prior()
                .map(before ->
                        EarlierRun.of(before, place, Map.of(script.tasks().data(), loaded)));
    }

    @Override
    public Object key() {
        return List.of(script.tasks().data(), script.prior());
    }

    @Override
    public boolean namesTasks() {
        return script.tasks().data().isDivided();
    }

    @Override
    public boolean drawn() {
        return script.tasks().data().drawn();
    }
}
