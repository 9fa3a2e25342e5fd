package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/**
 * A script with a section {@code compare}: variants of one task sequence, each run once per seed. Every run is resolved
 * and checked.
 *
 * @param name what the comparison is called: ASCII letters, digits, {@code .}, {@code _} and {@code -}, beginning with
 *     a letter or digit
 * @param description one line, perhaps empty
 * @param output folder for results as written, relative to the working directory
 * @param runs variant by variant, seed by seed within each; at least one
 */
public record ComparisonScript(String name, String description, Folder output, ImmutableList<Run> runs)
        implements Script {
    /**
     * One variant with one seed.
     *
     * @param variant its name, fit to name a folder
     * @param seed of the run
     * @param script the plain script of this run; its settings are a script that gives this run again
     */
    public record Run(String variant, long seed, TaskSequenceScript script) {}

    /** {@return how many threads all runs together may use: the same for every variant} */
    public Threads threads() {
        return runs.get(0).script().threads();
    }

    /** {@return the variants' names in the order of their runs} */
    public ImmutableList<String> variants() {
        return runs.stream().map(Run::variant).distinct().collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return the comparison of these alone, in the order of the script}
     *
     * @param chosen names of variants
     * @throws InputException if a name is not a variant's, or there is none
     */
    public ComparisonScript only(List<String> chosen) {
        if (chosen.isEmpty()) {
            throw new InputException("--variants names no variant: choose from " + String.join(", ", variants()));
        }
        for (String variant : chosen) {
            if (!variants().contains(variant)) {
                throw new InputException("--variants: unknown variant '%s': %s"
                        .formatted(Complaint.quote(variant), Suggestion.of(variant, variants())));
            }
        }
        return new ComparisonScript(
                name,
                description,
                output,
                runs.stream().filter(run -> chosen.contains(run.variant())).collect(ImmutableList.toImmutableList()));
    }
}
