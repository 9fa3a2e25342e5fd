/**
 * Task-sequence scripts: YAML that says which data to split into which tasks, and how a network learns them. Data, tasks,
 * scenario and comparisons are read here; what is said of learning lies in the same script's {@link
 * sluice.tasks.script.Section}s, for whoever knows what it means.
 *
 * <p>A file, or a script shipped with Sluice, and any {@code --set key=value} overrides go into
 * {@link sluice.tasks.script.ScriptReader}; a checked, immutable {@link sluice.tasks.script.TaskSequenceScript} comes
 * out, or a {@link sluice.tasks.script.ComparisonScript} of several. Every mistake is an {@link sluice.tasks.InputException} of one line that names file, line and key. Whoever finds
 * a problem later (a class that the data lacks, an unknown estimator) asks the script for such an error too.
 *
 * <p>Every value is read as what its key needs: {@code name: no} is the text "no", and {@code 1e-3} is a number. What
 * YAML versions disagree on (a leading 0, underscores in numbers) is refused, and so are anchors, aliases and tags.
 */
package sluice.tasks.script;
