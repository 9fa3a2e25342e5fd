package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.Folder;
import sluice.tasks.script.Script;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.ImageDataSources;

/** Data of the user's own, tables, pictures and folders of IDX files, which nothing has to be fetched for. */
public final class OwnData {
    private OwnData() {}

    /**
     * {@return whether the data of a run lie in files of the user's own}
     *
     * @param script of the run
     */
    public static boolean isNamedBy(TaskSequenceScript script) {
        return isOwn(script.data());
    }

    private static boolean isOwn(DataSettings data) {
        return data.source() instanceof DataSettings.Tables
                || data.source() instanceof DataSettings.Images
                || isIdx(data);
    }

    /** A folder of IDX files that a script names before they are there is none yet. */
    private static boolean isIdx(DataSettings data) {
        return data.set().equals(ImageDataSources.IDX.name())
                && data.folder() instanceof Folder.Named named
                && Files.isDirectory(named.path());
    }

    /**
     * {@return the variants of a comparison whose data lie in files of the user's own}
     *
     * @param script of the comparison
     */
    public static ImmutableList<String> variants(ComparisonScript script) {
        return script.runs().stream()
                .filter(run -> isNamedBy(run.script()))
                .map(ComparisonScript.Run::variant)
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Reads all such data that a script names, whatever else it says.
     *
     * @param script of a run or a comparison
     * @param place where other data are
     * @return what is wrong with them, one line of each
     */
    public static ImmutableList<String> problems(Script script, DataPlace place) {
        List<TaskSequenceScript> runs = script instanceof ComparisonScript comparison
                ? comparison.runs().stream().map(ComparisonScript.Run::script).toList()
                : List.of((TaskSequenceScript) script);
        Map<DataSettings, TaskSequenceScript> named = new LinkedHashMap<>();
        runs.stream().filter(OwnData::isNamedBy).forEach(run -> named.putIfAbsent(run.data(), run));
        Set<String> problems = new LinkedHashSet<>();
        for (TaskSequenceScript run : named.values()) {
            try {
                ScriptData.load(run, place);
            } catch (InputException wrong) {
                problems.addAll(wrong.lines());
            }
        }
        return ImmutableList.copyOf(problems);
    }
}
