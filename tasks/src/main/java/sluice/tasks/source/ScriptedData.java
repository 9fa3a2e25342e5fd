package sluice.tasks.source;

import sluice.tasks.DataSet;
import sluice.tasks.InputException;

/**
 * Data that a name does not suffice for: a script says what it is and where its files are.
 *
 * @param name what it is called
 * @param description what it is, in one line
 */
record ScriptedData(String name, String description) implements DataSource {
    /**
     * {@inheritDoc}
     *
     * @throws InputException always
     */
    @Override
    public DataSet load(DataPlace place) {
        throw new InputException(
                "data set %s cannot be loaded by its name: describe it in a script, %s".formatted(name, description));
    }
}
