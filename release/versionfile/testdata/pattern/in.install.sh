#!/bin/sh
LID=1.2.3
POT=1.2.3
echo "POT=1.2.3"
