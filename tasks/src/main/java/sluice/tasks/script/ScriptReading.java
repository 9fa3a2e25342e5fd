package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.tasks.InputException;

/**
 * A script as it was read, and all that is wrong with it.
 *
 * @param script that was read; where there are mistakes, with each of them mended by a default or an example, and absent if
 *     that was not possible
 * @param mistakes each with its place, by their lines; those of overrides, which have none, thereafter. What may be wrong only
 *     because of another mistake is not among them
 * @param dataAsWritten whether what the script says of its data is as it was written, so that the data can be looked at
 */
public record ScriptReading(Optional<Script> script, ImmutableList<InputException> mistakes, boolean dataAsWritten) {
    /**
     * {@return the script}
     *
     * @throws InputException if there is a mistake: of several, one line of each
     */
    public Script orThrow() {
        if (mistakes.size() == 1) {
            throw mistakes.get(0);
        }
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes.stream()
                    .flatMap(mistake -> mistake.lines().stream())
                    .collect(ImmutableList.toImmutableList()));
        }
        return script.orElseThrow();
    }
}
