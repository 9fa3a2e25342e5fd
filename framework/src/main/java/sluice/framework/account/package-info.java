/** What a training costs and takes: multiply-adds done and dense by layer and pass, and the units that each task has. */
package sluice.framework.account;
