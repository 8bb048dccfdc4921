#!/bin/sh
LID=1.2.3
POT=2.0.0-rc.1
echo "POT=2.0.0-rc.1"
