package sluice.framework.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.InputException;
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

    /** Reads the data of run after run, each set of them once, and collects what is wrong. Mutable. */
    static final class Reading {
        private final DataPlace place;
        private final boolean namesVariants;
        private final Map<Object, Loaded> data = new HashMap<>();
        private final Set<Object> unread = new HashSet<>();
        private final Set<String> checked = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        Reading(DataPlace place, boolean namesVariants) {
            this.place = place;
            this.namesVariants = namesVariants;
        }

        /** Reads the data of a run, and holds them against the first run of a variant. */
        void add(String variant, ComparedWork work) {
            if (unread.contains(work.dataKey())) {
                return;
            }
            try {
                Loaded loaded = data.computeIfAbsent(work.dataKey(), settings -> work.load(place));
                if (checked.add(variant)) {
                    work.check(loaded);
                }
            } catch (InputException wrong) {
                if (!data.containsKey(work.dataKey())) {
                    unread.add(work.dataKey());
                }
                String where = namesVariants ? "variant %s: ".formatted(variant) : "";
                wrong.lines().forEach(line -> problems.add(where + line));
            }
        }

        /**
         * @throws InputException of all that is wrong
         */
        Map<Object, Loaded> loaded() {
            if (!problems.isEmpty()) {
                throw new InputException(problems);
            }
            return data;
        }
    }
}
