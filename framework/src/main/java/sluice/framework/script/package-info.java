/**
 * What scripts say of learning, read straight into the values that Java programs make: a class for each section that has its
 * keys, their ranges and defaults, the way in and the way back to a script's words.
 *
 * <p>Of data, tasks and scenario a script is read by {@link sluice.tasks.script.TaskSequenceScript}; an {@link
 * sluice.framework.script.ExperimentScript} is the same script with all of its sections.
 */
package sluice.framework.script;
