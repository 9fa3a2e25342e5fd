package sluice.framework.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** {@code --latents 3=1,7=0}: values of latent variables by their numbers. */
final class LatentsOption {
    private LatentsOption() {}

    static ImmutableSortedMap<Integer, Integer> parse(String text) {
        SortedMap<Integer, Integer> latents = new TreeMap<>();
        for (String pair : Splitter.on(',').trimResults().split(text)) {
            List<String> sides = Splitter.on('=').trimResults().splitToList(pair);
            Integer variable = Ints.tryParse(sides.get(0));
            Integer value = sides.size() == 2 ? Ints.tryParse(sides.get(1)) : null;
            if (variable == null || value == null) {
                throw new InputException(
                        "--latents must be numbers of variables with their values, such as 3=1,7=0; got %s"
                                .formatted(Printable.quoted(pair)));
            }
            if (latents.put(variable, value) != null) {
                throw new InputException("--latents: variable %d has two values: give it one".formatted(variable));
            }
        }
        return ImmutableSortedMap.copyOf(latents);
    }
}
