package sluice.framework.experiment;

import java.util.Map;
import sluice.tasks.Loaded;
import sluice.tasks.source.DataPlace;

/**
 * The data of all runs of a comparison.
 *
 * @param place where their files are, unless a run names a folder of its own
 * @param loaded by what runs with the same data have in common
 */
record ComparedData(DataPlace place, Map<Object, Loaded> loaded) {
    Loaded of(ComparedWork work) {
        return loaded.get(work.dataKey());
    }
}
