package sluice.tasks.source;

import sluice.tasks.DataSet;
import sluice.tasks.InputException;

/** A data set that can be loaded by its name. */
public interface DataSource {
    /** {@return what it is called in scripts and on the command line} */
    String name();

    /** {@return what it is, in one line} */
    String description();

    /**
     * Reads it, after downloading it where the place allows that.
     *
     * @param place where its files are; not looked at by a data set that comes with Sluice
     * @return the data set
     * @throws InputException if a file is missing, damaged or cannot be downloaded
     */
    DataSet load(DataPlace place);
}
