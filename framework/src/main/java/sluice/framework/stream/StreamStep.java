package sluice.framework.stream;

import java.util.Optional;
import sluice.framework.inference.StreamBorder;

/**
 * What came of a mini-batch of a stream.
 *
 * @param answers by example, the label that was answered before anything was learned of it; -1 of the very first ones, when no task was there
 * @param learned examples that were learned with it: none where a known task has come back, more than it has where some were withheld before
 * @param loss of the last step of training so far, before its update
 * @param border whether a task begins or has come back by now
 */
public record StreamStep(int[] answers, int learned, double loss, Optional<StreamBorder> border) {}
