package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.tasks.Examples;

/**
 * What a {@link BorderDetector} makes of a mini-batch.
 *
 * @param tasks by example, which of the tasks that were known before it fits best, from 0
 * @param border whether a task begins or comes back by now
 * @param learned examples to teach the task that is learned, after the border: of this mini-batch, and those of earlier ones that were withheld until now
 */
public record StreamLook(int[] tasks, Optional<StreamBorder> border, ImmutableList<Examples> learned) {}
