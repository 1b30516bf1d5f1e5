;; The four rules as productions of CLIPS. A deadline is a fact with its day, joined by equality (hashed) with the fact that this day is over;
;; compared with the clock it would be three times slower. Input: TYPE DAY AGREEMENT ARGUMENT ARGUMENT, days since 1970-01-01.
(defglobal ?*r1* = 0 ?*r2* = 0 ?*r3* = 0 ?*r4* = 0 ?*events* = 0)

(deffunction days (?y ?m ?d)
  (if (<= ?m 2) then (bind ?y (- ?y 1)) (bind ?m (+ ?m 9)) else (bind ?m (- ?m 3)))
  (bind ?era (div ?y 400))
  (bind ?year (- ?y (* ?era 400)))
  (+ (* ?era 146097) (* ?year 365) (div ?year 4) (- 0 (div ?year 100)) (div (+ (* 153 ?m) 2) 5) (- ?d 1) -719468))

(deffunction civil (?n)
  (bind ?n (+ ?n 719468))
  (bind ?era (div ?n 146097))
  (bind ?day (- ?n (* ?era 146097)))
  (bind ?year (div (- ?day (div ?day 1460) (- 0 (div ?day 36524)) (div ?day 146096)) 365))
  (bind ?rest (- ?day (+ (* 365 ?year) (div ?year 4) (- 0 (div ?year 100)))))
  (bind ?month (div (+ (* 5 ?rest) 2) 153))
  (bind ?m (if (< ?month 10) then (+ ?month 3) else (- ?month 9)))
  (create$ (+ ?year (* ?era 400) (if (<= ?m 2) then 1 else 0)) ?m (+ (- ?rest (div (+ (* 153 ?month) 2) 5)) 1)))

(deffunction half-end (?n)
  (bind ?c (civil ?n))
  (if (<= (nth$ 2 ?c) 6) then (days (nth$ 1 ?c) 6 30) else (days (nth$ 1 ?c) 12 31)))

(deffunction half-start (?n)
  (bind ?c (civil ?n))
  (days (nth$ 1 ?c) (if (<= (nth$ 2 ?c) 6) then 1 else 7) 1))

(deffunction six-months-before (?n)
  (bind ?c (civil ?n))
  (bind ?months (- (+ (* 12 (nth$ 1 ?c)) (nth$ 2 ?c)) 7))
  (bind ?y (div ?months 12))
  (bind ?m (+ (mod ?months 12) 1))
  (bind ?length (- (if (= ?m 12) then (days (+ ?y 1) 1 1) else (days ?y (+ ?m 1) 1)) (days ?y ?m 1)))
  (days ?y ?m (min (nth$ 3 ?c) ?length)))

(deftemplate event (slot type) (slot day) (slot agreement) (slot x) (slot y))
(deftemplate half (slot agreement) (slot end) (slot last) (slot count))
(deftemplate last-chair (slot agreement) (slot chair))
(deftemplate waiting (slot agreement) (slot annex) (slot due))
(deftemplate consult (slot agreement) (slot by))

(deffacts start (reader))

;; Events, one at a time, when everything else is settled.
(defrule read-event
  (declare (salience -10))
  ?r <- (reader)
  =>
  (retract ?r)
  (bind ?type (read events))
  (if (neq ?type EOF) then
    (if (neq ?type clock) then (bind ?*events* (+ ?*events* 1)))
    (assert (event (type ?type) (day (read events)) (agreement (read events)) (x (read events)) (y (read events))))
    (assert (reader))))

;; Time.
(defrule first-day
  (declare (salience 50))
  (event (day ?d))
  (not (over ?))
  =>
  (assert (over (- ?d 1))))

(defrule advance
  (declare (salience 30))
  (event (day ?d))
  ?n <- (over ?t&:(< ?t (- ?d 1)))
  =>
  (retract ?n)
  (assert (over (+ ?t 1))))

(defrule half-over
  (declare (salience 40))
  (over ?e)
  ?h <- (half (agreement ?a) (end ?e) (last ?x) (count ?c))
  =>
  (if (< ?c 2) then (bind ?*r1* (+ ?*r1* 1)))
  (retract ?h)
  (bind ?next (half-end (+ ?e 1)))
  (if (<= ?next ?x) then (assert (half (agreement ?a) (end ?next) (last ?x) (count 0)))))

(defrule decision-overdue
  (declare (salience 40))
  (over ?e)
  ?w <- (waiting (due ?e))
  =>
  (bind ?*r3* (+ ?*r3* 1))
  (retract ?w))

(defrule consultation-overdue
  (declare (salience 40))
  (over ?e)
  ?c <- (consult (by ?e))
  =>
  (bind ?*r4* (+ ?*r4* 1))
  (retract ?c))

;; What events change.
(defrule signing
  ?ev <- (event (type signing) (day ?d) (agreement ?a) (x ?x))
  =>
  (bind ?h (half-end ?d))
  (if (neq (half-start ?d) ?d) then (bind ?h (half-end (+ ?h 1))))
  (if (<= ?h ?x) then (assert (half (agreement ?a) (end ?h) (last ?x) (count 0))))
  (assert (consult (agreement ?a) (by (six-months-before ?x))))
  (assert (last-chair (agreement ?a) (chair none)))
  (retract ?ev))

(defrule meeting
  ?ev <- (event (type meeting) (agreement ?a) (x ?c))
  ?l <- (last-chair (agreement ?a) (chair ?p))
  ?h <- (half (agreement ?a) (count ?k))
  =>
  (if (eq ?c ?p) then (bind ?*r2* (+ ?*r2* 1)))
  (modify ?l (chair ?c))
  (modify ?h (count (+ ?k 1)))
  (retract ?ev))

(defrule update
  ?ev <- (event (type update) (day ?d) (agreement ?a) (x ?x))
  =>
  (assert (waiting (agreement ?a) (annex ?x) (due (+ ?d 90))))
  (retract ?ev))

(defrule decision
  (declare (salience 1))
  (event (type decision) (agreement ?a) (x ?x) (y yes))
  ?w <- (waiting (agreement ?a) (annex ?x))
  =>
  (retract ?w))

(defrule decision-done
  ?ev <- (event (type decision))
  =>
  (retract ?ev))

(defrule consultation
  (declare (salience 1))
  (event (type consultation) (agreement ?a))
  ?c <- (consult (agreement ?a))
  =>
  (retract ?c))

(defrule consultation-done
  ?ev <- (event (type consultation))
  =>
  (retract ?ev))

(defrule clock
  ?ev <- (event (type clock))
  =>
  (retract ?ev))
